import { renderSchedules } from "../../render/schedule/list.ts";
import { chooseSchedules } from "../../schedule/choose.ts";
import { isInTrouble } from "../../schedule/is-in-trouble.ts";
import { listSchedules } from "../../schedule/list.ts";
import { defineCommand } from "../program/command.ts";
import { optionalProject } from "../program/optional-project.ts";

interface Options {
  readonly check?: boolean;
  readonly stored?: boolean;
}

export default defineCommand<Options>({
  usage: "schedule list [schedule...]",
  summary: "Show schedules: the next run or why there is none, and how the last one went",
  examples: [
    "taskq schedule list",
    "taskq schedule list 'billing.*' --json",
    "taskq schedule list --check || page-somebody",
    "taskq schedule list --broker redis://prod:6379 --stored",
  ],
  options: [
    { flags: "--check", description: "exit with 1 if one is overdue or its last run failed" },
    { flags: "--stored", description: "ask the broker alone, not the files; so without a config" },
  ],

  async run(context, patterns, { check = false, stored }) {
    const project = await optionalProject(context, stored);
    const { redact } = project?.config ?? (await context.config());
    const listed = await listSchedules(await context.broker(), {
      project: project && { catalog: project.catalog, app: project.config.app },
      redact,
    });
    const schedules = chooseSchedules(listed, patterns);
    context.output.data(schedules, (look) => renderSchedules(schedules, { ...look, nowMs: context.nowMs() }));
    return check && schedules.some(isInTrouble) ? 1 : 0;
  },
});

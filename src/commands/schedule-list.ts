import { renderSchedules } from "../render/schedules.ts";
import { listSchedules } from "../schedule/list.ts";
import { defineCommand } from "./command.ts";

export default defineCommand({
  usage: "schedule list",
  summary: "Show every schedule, its next run, or why there is none",
  examples: ["taskq schedule list", "taskq schedule list --json"],

  async run({ project, broker, output, nowMs }) {
    const { config, catalog } = await project();
    const schedules = await listSchedules(await broker(), {
      project: { catalog, app: config.app },
      redact: config.redact,
    });
    output.data(schedules, (look) => renderSchedules(schedules, { ...look, nowMs: nowMs() }));
    return 0;
  },
});

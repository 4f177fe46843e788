import { unattendedQueues } from "../../inspect/unattended-queues.ts";
import { listWorkers } from "../../inspect/workers.ts";
import { renderWorkers } from "../../render/worker/list.ts";
import { renderUnattended } from "../../render/worker/unattended.ts";
import { defineCommand } from "../program/command.ts";
import { optionalProject } from "../program/optional-project.ts";

interface Options {
  readonly check?: boolean;
}

export default defineCommand<Options>({
  usage: "worker list",
  summary: "Show the live worker processes and what they run",
  examples: ["taskq worker list", "taskq worker list --json", "taskq worker list --check || page-somebody"],
  options: [{ flags: "--check", description: "exit with 1 if none lives, or a queue of the files has none" }],

  async run(context, _args, { check = false }) {
    const { broker, config, output, nowMs } = context;
    const project = check ? await optionalProject(context, false) : undefined;
    const { redact } = project?.config ?? (await config());
    const workers = await listWorkers(await broker(), redact);
    const unattended = unattendedQueues(project?.catalog.queues ?? [], workers);
    output.data(workers, (look) => renderWorkers(workers, { ...look, nowMs: nowMs() }));
    for (const line of renderUnattended(unattended, output.look.style)) output.problem(line);
    return check && (workers.length === 0 || unattended.length > 0) ? 1 : 0;
  },
});

import { listWorkers } from "../../inspect/workers.ts";
import { renderWorkers } from "../../render/worker/list.ts";
import { defineCommand } from "../program/command.ts";

export default defineCommand({
  usage: "worker list",
  summary: "Show the live worker processes and what they run",
  examples: ["taskq worker list", "taskq worker list --json"],

  async run({ broker, config, output, nowMs }) {
    const { redact } = await config();
    const workers = await listWorkers(await broker(), redact);
    output.data(workers, (look) => renderWorkers(workers, { ...look, nowMs: nowMs() }));
    return 0;
  },
});

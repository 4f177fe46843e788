import { listWorkers } from "../inspect/workers.ts";
import { renderWorkers } from "../render/workers.ts";
import { defineCommand } from "./command.ts";

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

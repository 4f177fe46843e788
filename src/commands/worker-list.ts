import { listWorkers } from "../inspect/workers.ts";
import { renderWorkers } from "../render/workers.ts";
import { defineCommand } from "./command.ts";

export default defineCommand({
  usage: "worker list",
  summary: "Show the live worker processes and what they run",
  examples: ["taskq worker list", "taskq worker list --json"],

  async run({ broker, output, nowMs }) {
    const workers = await listWorkers(await broker());
    output.data(workers, (look) => renderWorkers(workers, { ...look, nowMs: nowMs() }));
    return 0;
  },
});

import { renderCancelReceipts } from "../render/cancel-receipts.ts";
import { defineCommand } from "./command.ts";

interface Options {
  readonly reason?: string;
  readonly queue?: string;
}

export default defineCommand<Options>({
  usage: "job cancel <id...>",
  summary: "End jobs that wait or run; they are not tried again",
  examples: [
    "taskq job cancel 4c7d1p0wq2x9k3aa --reason 'wrong month'",
    "taskq job cancel 4c7d1p0wq2x9k3aa hta00fcp8nybagdf --json",
  ],
  options: [
    { flags: "--reason <text>", description: "why: kept with the job, and told to its handler" },
    { flags: "--queue <queue>", description: "where two queues hold an id, or one that taskq has not met" },
  ],

  async run({ broker, config, output }, ids, { reason, queue }) {
    const { cancelAll } = await import("../client/cancel-all.ts");
    const { receipts, error } = await cancelAll(await broker(), await config(), ids, { reason, queue });
    if (receipts.length > 0 || !error) output.data(receipts, ({ style }) => renderCancelReceipts(receipts, style));
    if (error) throw error;
    return 0;
  },
});

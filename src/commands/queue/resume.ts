import { resumeQueues } from "../../inspect/pause-queues.ts";
import { renderPauseReceipts } from "../../render/queue/pause-receipts.ts";
import { defineCommand } from "../program/command.ts";

export default defineCommand({
  usage: "queue resume <queue...>",
  summary: "Let workers take jobs of paused queues again",
  examples: ["taskq queue resume mail", "taskq queue resume '*'"],

  async run({ broker, output }, patterns) {
    const receipts = await resumeQueues(await broker(), patterns);
    output.data(receipts, ({ style }) => renderPauseReceipts(receipts, style));
    return 0;
  },
});

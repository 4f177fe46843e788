import { readUser } from "../../client/read-user.ts";
import { pauseQueues } from "../../inspect/pause-queues.ts";
import { renderPauseReceipts } from "../../render/queue/pause-receipts.ts";
import { defineCommand } from "../program/command.ts";

interface Options {
  readonly reason?: string;
}

export default defineCommand<Options>({
  usage: "queue pause <queue...>",
  summary: "Let no worker take a job of these queues; what runs goes on",
  examples: ["taskq queue pause mail --reason 'the provider is down'", "taskq queue pause 'report*'"],
  options: [{ flags: "--reason <text>", description: "why: shown to those who look" }],

  async run({ broker, output }, patterns, { reason }) {
    const receipts = await pauseQueues(await broker(), patterns, { by: readUser(), reason });
    output.data(receipts, ({ style }) => renderPauseReceipts(receipts, style));
    return 0;
  },
});

import { readUser } from "../../client/read-user.ts";
import { limitQueues } from "../../inspect/limit-queues.ts";
import { renderQueueList } from "../../render/queue/list.ts";
import { defineCommand } from "../program/command.ts";
import { orReset } from "./or-reset.ts";
import { parseRate } from "./parse-rate.ts";

interface Options {
  readonly reset?: boolean;
}

export default defineCommand<Options>({
  usage: "queue rate <queue> [max/time]",
  summary: "Set how many jobs of a queue all processes start in a time, over the config",
  examples: ["taskq queue rate mail 10/s", "taskq queue rate mail 100/15m", "taskq queue rate mail --reset"],
  options: [{ flags: "--reset", description: "what the config says holds again" }],

  async run({ broker, output, nowMs }, [queue, rate], { reset }) {
    const limit = orReset(rate, reset, parseRate);
    const rows = await limitQueues(await broker(), [queue!], { kind: "rate", limit }, readUser());
    output.data(rows, (look) => renderQueueList(rows, { ...look, nowMs: nowMs() }));
    return 0;
  },
});

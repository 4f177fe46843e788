import { readUser } from "../../client/read-user.ts";
import { limitQueues } from "../../inspect/limit-queues.ts";
import { renderQueueList } from "../../render/queue/list.ts";
import { parseWholeNumber } from "../args/whole-number.ts";
import { defineCommand } from "../program/command.ts";
import { orReset } from "./or-reset.ts";

interface Options {
  readonly reset?: boolean;
}

export default defineCommand<Options>({
  usage: "queue concurrency <queue> [jobs]",
  summary: "Set how many jobs of a queue all processes run at once, over the config",
  examples: ["taskq queue concurrency mail 2", "taskq queue concurrency mail --reset"],
  options: [{ flags: "--reset", description: "what the config says holds again" }],

  async run({ broker, output, nowMs }, [queue, jobs], { reset }) {
    const limit = orReset(jobs, reset, (text) => parseWholeNumber("the number of jobs", text, 1));
    const rows = await limitQueues(await broker(), [queue!], { kind: "concurrency", limit }, readUser());
    output.data(rows, (look) => renderQueueList(rows, { ...look, nowMs: nowMs() }));
    return 0;
  },
});

import { renderAwaited } from "../../render/job/awaited.ts";
import { defineCommand } from "../program/command.ts";

interface Options {
  readonly timeout?: string;
  readonly queue?: string;
}

export default defineCommand<Options>({
  usage: "job wait <id>",
  summary: "Wait until a job has ended, and print its result; 1 if it failed",
  examples: ["taskq job wait 4c7d1p0wq2x9k3aa", "taskq job wait 4c7d1p0wq2x9k3aa --timeout 5m --json"],
  options: [
    { flags: "--timeout <time>", description: "how long to wait; the job goes on (default: without end)" },
    { flags: "--queue <queue>", description: "where two queues hold the id, or one that taskq has not met" },
  ],

  async run(context, [id], { timeout, queue }) {
    const [{ waitAndShow }, { awaitJob }] = await Promise.all([
      import("../enqueue/wait.ts"),
      import("../../client/await-job.ts"),
    ]);
    return waitAndShow(
      context,
      timeout ?? true,
      async ({ broker, onReceipt, ...waiting }) =>
        awaitJob({ ...waiting, broker: await broker() }, id!, { ...waiting, queue }, onReceipt),
      renderAwaited,
    );
  },
});

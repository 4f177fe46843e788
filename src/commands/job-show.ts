import { showJob } from "../inspect/job.ts";
import { renderJob } from "../render/job.ts";
import { defineCommand } from "./command.ts";

interface Options {
  readonly queue?: string;
}

export default defineCommand<Options>({
  usage: "job show <id>",
  summary: "Show one job: its state, args, result, error and log",
  examples: ["taskq job show 4c7d1p0wq2x9k3aa", "taskq job show 4c7d1p0wq2x9k3aa --json"],
  options: [{ flags: "--queue <queue>", description: "where two queues hold the id, or one that taskq has not met" }],

  async run({ broker, config, output, nowMs }, [id], { queue }) {
    const { redact } = await config();
    const job = await showJob(await broker(), id!, queue, redact);
    output.data(job, (look) => renderJob(job, { ...look, nowMs: nowMs() }));
    return 0;
  },
});

import { renderReceipt } from "../render/receipt.ts";
import { parseArgs, parseWhole } from "./args.ts";
import { defineCommand } from "./command.ts";

interface Options {
  readonly args?: string;
  readonly delay?: string;
  readonly at?: string;
  readonly priority?: string;
  readonly attempts?: string;
  readonly timeout?: string;
  readonly jobId?: string;
  readonly wait?: string | true;
}

export default defineCommand<Options>({
  usage: "enqueue <job>",
  summary: "Put a job on its queue",
  examples: [
    `taskq enqueue accounts.sendWelcomeEmail --args '{"userId": "42"}'`,
    "taskq enqueue reports.rebuild --delay 10m --json",
  ],
  options: [
    { flags: "--args <json>", description: "a JSON object, checked against the job's schema (default: {})" },
    { flags: "--delay <time>", description: "not before this time has passed, such as 30s or 2h" },
    { flags: "--at <time>", description: "not before this time, such as 2026-12-24T18:00:00Z" },
    { flags: "--priority <n>", description: "lower runs first, from 1; 0 runs before all" },
    { flags: "--attempts <n>", description: "tries in all, the first included" },
    { flags: "--timeout <time>", description: "the longest that one attempt may take" },
    { flags: "--job-id <id>", description: "an id of your own; a job that has it already is left alone" },
    { flags: "--wait [time]", description: "until the job has ended, or for this long; 1 if it failed" },
  ],

  async run(context, [name], { args, delay, at, priority, attempts, timeout, jobId, wait }) {
    const { project, broker, output } = context;
    const { config, catalog } = await project();
    const job = catalog.job(name!);
    const { enqueue } = await import("../client/enqueue.ts");

    const parsed = parseArgs(args);
    const options = {
      delay,
      at: at === undefined ? undefined : new Date(at),
      priority: parseWhole("--priority", priority),
      attempts: parseWhole("--attempts", attempts),
      timeout,
      id: jobId,
    };
    if (wait !== undefined) {
      const { enqueueAndShow } = await import("./wait.ts");
      return enqueueAndShow(context, { job, args: parsed, options, wait });
    }
    const receipt = await enqueue(broker, config, job, parsed, options);
    output.data(receipt, ({ style }) => renderReceipt(receipt, style));
    return 0;
  },
});

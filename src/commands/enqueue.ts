import { redactKeys } from "../definition/redact.ts";
import { renderPlan } from "../render/job/plan.ts";
import { renderReceipt } from "../render/job/receipt.ts";
import { readArgs } from "./args/args.ts";
import { type EnqueueFlags, enqueueFlags, toEnqueueOptions } from "./enqueue/flags.ts";
import { defineCommand } from "./program/command.ts";

export default defineCommand<EnqueueFlags>({
  usage: "enqueue <job> [key=value...]",
  summary: "Put a job on its queue",
  examples: [
    "taskq enqueue accounts.sendWelcomeEmail userId=42",
    `taskq enqueue reports.render pages:='[1, 2]' title=@title.txt --delay 10m`,
    `taskq enqueue reports.render --args '{"page": 3}' --unique --dry-run`,
    "taskq enqueue accounts.sendWelcomeEmail --ndjson users.ndjson",
  ],
  options: enqueueFlags,

  async run(context, [name, ...words], flags) {
    const { project, broker, output, readStdin } = context;
    const { config, catalog } = await project();
    const job = catalog.job(name!);
    const { checkQueue } = await import("../client/enqueue-queue.ts");
    checkQueue(catalog, flags.queue);
    const options = toEnqueueOptions(flags);

    if (flags.ndjson !== undefined) {
      const { enqueueLines } = await import("./enqueue/lines.ts");
      return enqueueLines(context, { config, job, options, flags, words });
    }
    const args = await readArgs(flags.args, words, readStdin);
    if (flags.dryRun) {
      const { planEnqueue } = await import("../client/enqueue-plan.ts");
      const planned = await planEnqueue(config, job, args, options);
      const plan = {
        ...planned,
        args: redactKeys(planned.args, config.redact),
        meta: redactKeys(planned.meta, config.redact),
      };
      output.data(plan, ({ style }) => renderPlan(plan, style));
      return 0;
    }
    if (flags.wait !== undefined) {
      const { enqueueAndShow } = await import("./enqueue/wait.ts");
      return enqueueAndShow(context, { job, args, options, wait: flags.wait });
    }
    const { enqueue } = await import("../client/enqueue.ts");
    const receipt = await enqueue(broker, config, job, args, options);
    output.data(receipt, ({ style }) => renderReceipt(receipt, style));
    return 0;
  },
});

import { renderCancelReceipts } from "../../render/job/cancel-receipts.ts";
import { type CommandContext, defineCommand } from "../program/command.ts";
import { type ActFlags, act, actOptions, refuseMixture } from "./act-on-jobs.ts";

const states = ["active", "waiting", "prioritized", "delayed"] as const;

export default defineCommand<ActFlags>({
  usage: "job cancel [id...]",
  summary: "End jobs that wait or run; they are not tried again",
  examples: [
    "taskq job cancel 4c7d1p0wq2x9k3aa --reason 'wrong month'",
    "taskq job cancel 4c7d1p0wq2x9k3aa hta00fcp8nybagdf --json",
    "taskq job cancel --all --state waiting delayed --job billing.chargeCard",
  ],
  options: [
    { flags: "--reason <text>", description: "why: kept with the job, and told to its handler" },
    ...actOptions.slice(0, 1),
    {
      flags: "--state <state...>",
      description: "active, waiting, prioritized, delayed (default: all four)",
      choices: states,
    },
    ...actOptions.slice(1),
  ],

  async run(context, ids, flags) {
    refuseMixture("cancel", ids, flags);
    if (ids.length > 0 && !flags.dryRun) return cancelIds(context, ids, flags);
    return act(context, { verb: "cancel", ids, flags, states });
  },
});

async function cancelIds({ broker, config, output }: CommandContext, ids: readonly string[], flags: ActFlags) {
  const { cancelAll } = await import("../../client/cancel-all.ts");
  const options = { reason: flags.reason, queue: flags.queue?.[0] };
  const { receipts, error } = await cancelAll(await broker(), await config(), ids, options);
  if (receipts.length > 0 || !error) output.data(receipts, ({ style }) => renderCancelReceipts(receipts, style));
  if (error) throw error;
  return 0;
}

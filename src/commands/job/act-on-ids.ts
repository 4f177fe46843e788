import { readUser } from "../../client/read-user.ts";
import { TaskqError } from "../../errors.ts";
import { actOnJobs } from "../../inspect/act-on-jobs.ts";
import type { ActReceiptLine, JobVerb } from "../../inspect/act-tally.ts";
import { createJobCounter } from "../../inspect/count-jobs.ts";
import { findTargets } from "../../inspect/find-targets.ts";
import { renderActPlan, renderActReceipts } from "../../render/job/acts.ts";
import type { CommandContext } from "../program/command.ts";

export interface IdsCall {
  readonly verb: JobVerb;
  readonly ids: readonly string[];
  readonly queue: string | undefined;
  readonly dryRun: boolean | undefined;
}

const words = { retry: "retried", promote: "promoted", remove: "removed", cancel: "cancelled" } as const;

/** Does it to the jobs that are named. Throws where one is not there or was refused; the others are done all the same. */
export async function actOnIds({ broker, config, output }: CommandContext, call: IdsCall): Promise<number> {
  const { verb, ids, queue, dryRun } = call;
  const opened = await broker();
  const { targets, error } = await findTargets(opened, ids, queue, verb);
  if (dryRun) {
    const counter = createJobCounter();
    for (const target of targets) counter.add(target);
    const plan = { dryRun: true, verb, matched: targets.length, counts: counter.counts() };
    output.data(plan, ({ width }) => renderActPlan(verb, plan.counts, plan.matched, width));
    if (error) throw error;
    return 0;
  }

  const receipts: ActReceiptLine[] = [];
  await actOnJobs({ broker: opened, config: await config(), by: readUser() }, verb, targets, {
    onReceipt({ target: { id, queue }, outcome }) {
      const word = outcome.kind === "done" ? words[verb] : outcome.kind === "gone" ? "gone" : "refused";
      receipts.push({ id, queue, outcome: word, reason: "reason" in outcome ? outcome.reason : null });
    },
  });
  if (receipts.length > 0) output.data(receipts, ({ style }) => renderActReceipts(receipts, style));
  if (error) throw error;
  const refused = receipts.find(({ outcome }) => outcome === "refused");
  if (refused) throw new TaskqError("USAGE", `the job "${refused.id}" was not ${words[verb]}: ${refused.reason}`);
  return 0;
}

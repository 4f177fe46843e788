import { readUser } from "../../client/read-user.ts";
import { actOnJobs } from "../../inspect/act-on-jobs.ts";
import type { ActTally, JobVerb } from "../../inspect/act-tally.ts";
import { matchTargets } from "../../inspect/find-targets.ts";
import type { JobFilter } from "../../inspect/scan-jobs.ts";
import {
  actQuestion,
  renderActPlan,
  renderActProgress,
  renderActTally,
  renderCancelledLeft,
  renderMatched,
  renderScanProgress,
} from "../../render/job/acts.ts";
import type { CommandContext } from "../program/command.ts";
import { confirm } from "../program/confirm.ts";
import { tellUnreadable } from "./unreadable.ts";

export interface AllCall {
  readonly verb: JobVerb;
  readonly filter: JobFilter;
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** For a cancellation. */
  readonly reason?: string | undefined;
  /** At most so many, the oldest. Default: all. */
  readonly limit?: number | undefined;
  /** For a retry: also those that somebody cancelled. */
  readonly cancelled?: boolean | undefined;
}

/** Finds the jobs that are meant, asks, and does it to all of them. Returns the exit code. */
export async function actOnAll(context: CommandContext, call: AllCall): Promise<number> {
  const { broker, config, output, nowMs, interrupted } = context;
  const { verb, filter, reason, limit, dryRun } = call;
  const opened = await broker();
  const signal = interrupted();
  const onProgress = (seen: number) => output.progress(renderScanProgress(seen));
  const withUnreadable = verb === "remove"; // nothing else can be done to them
  const leaveCancelled = verb === "retry" && !call.cancelled;
  const options = { nowMs: nowMs(), onProgress, signal, limit, withUnreadable, leaveCancelled };
  const found = await matchTargets(opened, filter, options);
  output.progress("");
  tellUnreadable(output, found.unreadable);
  const { targets, counts, cancelledLeft } = found;
  if (signal.aborted) return 130;
  if (cancelledLeft) output.note(renderCancelledLeft(cancelledLeft));
  if (dryRun || targets.length === 0) {
    const plan = { dryRun: true, verb, matched: targets.length, counts, cancelledLeft };
    const nothing = { verb, matched: 0, done: 0, requested: 0, gone: 0, refused: 0, reasons: [], cancelledLeft };
    output.data(dryRun ? plan : nothing, ({ width }) => renderActPlan(verb, counts, targets.length, width));
    return 0;
  }
  if (!call.yes) output.note(renderMatched(counts, output.look.width));
  if (!(await confirm(context, actQuestion(verb, targets.length), call.yes))) return 0;

  const tools = { broker: opened, config: await config(), by: readUser(), reason };
  let latest: ActTally | undefined;
  const show = (tally: ActTally) =>
    output.data({ ...tally, cancelledLeft }, ({ style }) => renderActTally(tally, style));
  try {
    const tally = await actOnJobs(tools, verb, targets, {
      signal,
      onProgress(soFar) {
        latest = soFar;
        output.progress(renderActProgress(soFar));
      },
    });
    output.progress("");
    show(tally);
  } catch (error) {
    output.progress("");
    if (latest) show(latest); // what was done stays done
    throw error;
  }
  return signal.aborted ? 130 : 0;
}

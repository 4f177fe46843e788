import { nextRun } from "../cron/next-run.ts";
import { type OurRepeatOptions, toPlan } from "./to-plan.ts";

/**
 * When the next run of a schedule is due, in place of BullMQ's own answer: that skips days and comes late where a zone's
 * clock turns, and knows neither several expressions nor an end. Undefined where there is none. BullMQ asks when a schedule
 * is written and again in the worker when a run starts; there a throw would lose that run, under its lock.
 */
export function repeatStrategy(afterMs: number, options: OurRepeatOptions): number | undefined {
  const { cron, timezone, ...plan } = toPlan(options);
  // What another program has written without a zone is meant on the clock of the host, as BullMQ has it.
  const zone = timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    return nextRun({ ...plan, cron: cron!, timezone: zone }, afterMs)?.runMs;
  } catch {
    return undefined;
  }
}

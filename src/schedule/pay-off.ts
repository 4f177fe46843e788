import { accountForTicks } from "../broker/account-ticks.ts";
import { addRuns } from "../broker/add-runs.ts";
import type { Broker } from "../broker/broker.ts";
import type { StoredSchedule } from "../broker/schedulers.ts";
import { readScheduleRecords, type SchedulePlace } from "../broker/store/schedule-record.ts";
import { mostLate } from "../cron/most-late.ts";

/**
 * Before a schedule is replaced: its overdue run is enqueued, and the ticks since are accounted for, by its old plan and rules.
 * `place` has its record so far, which may be of another queue than its runs go to.
 */
export async function payOff(broker: Broker, old: StoredSchedule, place: SchedulePlace): Promise<void> {
  const { nextMs } = old;
  const nowMs = Date.now();
  if (nextMs === undefined || nextMs > nowMs) return;
  const [record] = await readScheduleRecords(broker, [place]);
  const isPaused = record?.paused !== undefined;
  const isOwed =
    !isPaused && nowMs - nextMs <= (mostLate(old.catchUp, old.catchUpWindowMs) ?? Number.POSITIVE_INFINITY);

  if (isOwed) await addRuns(broker, old, [nextMs]);
  await accountForTicks(broker, isPaused ? { ...old, catchUp: "skip" } : old, {
    fromMs: nextMs,
    toMs: nowMs,
    exceptMs: isOwed ? nextMs : undefined,
    isOpen: false,
    isServed: true,
    withOwn: true,
    reason: isPaused ? "paused" : "no worker was there",
  });
}

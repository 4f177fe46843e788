import type { Broker } from "../broker/broker.ts";
import { accountForTicks } from "../broker/schedules/account-ticks.ts";
import { addRuns } from "../broker/schedules/add-runs.ts";
import type { StoredSchedule } from "../broker/schedules/schedulers.ts";
import { readOpenTicks } from "../broker/store/open-ticks.ts";
import { readScheduleRecords } from "../broker/store/schedule-record.ts";
import { mostLate } from "../cron/most-late.ts";

export interface PayOffOptions {
  /** Why ticks have no run that get none. */
  readonly why?: string | undefined;
  /** Ticks before this moment are due. */
  readonly nowMs?: number;
}

/**
 * Where a schedule's plan ends: its overdue run is enqueued unless a worker has it, and all other ticks up to now are accounted
 * for, by its own plan and rules. Returns up to when.
 */
export async function payOff(
  broker: Broker,
  old: StoredSchedule,
  { why = "no worker was there", nowMs = Date.now() }: PayOffOptions = {},
): Promise<number> {
  const [record] = await readScheduleRecords(broker, [old]);
  const isPaused = record?.paused !== undefined;
  const source = isPaused ? ({ ...old, catchUp: "skip" } as const) : old;
  const { nextMs = Number.POSITIVE_INFINITY } = old;
  const { upToMs = nextMs } = record ?? {};
  const dueMs = Math.min(nextMs, nowMs);

  // A run began, and nobody has told of the ticks before it and after it.
  if (upToMs < dueMs) {
    const reason = isPaused ? "paused" : "no worker was free";
    await accountForTicks(broker, source, { fromMs: upToMs, toMs: dueMs, isOpen: true, isServed: true, reason });
  }
  const fromMs = Math.max(upToMs, dueMs);
  if (fromMs >= nowMs) return nowMs;
  const isServed = !isPaused && fromMs === nextMs && (await isDue(broker, old, nextMs, nowMs));
  const isOwed = isServed && (await readOpenTicks(broker, old, [nextMs])).length > 0; // else its own job still waits
  if (isOwed) await addRuns(broker, old, [nextMs]);
  await accountForTicks(broker, source, {
    fromMs,
    toMs: nowMs,
    exceptMs: isOwed ? nextMs : undefined,
    isOpen: true,
    isServed,
    reason: isPaused ? "paused" : why,
  });
  return nowMs;
}

/** Whether there is to be a run for a tick that has come, and it has not begun. */
async function isDue(broker: Broker, old: StoredSchedule, tickMs: number, nowMs: number): Promise<boolean> {
  const { catchUp, catchUpWindowMs, endMs = Number.POSITIVE_INFINITY, jitterMs = 0 } = old;
  const isYoung = nowMs - tickMs <= (mostLate(catchUp, catchUpWindowMs) ?? Number.POSITIVE_INFINITY);
  if (!isYoung || tickMs - jitterMs > endMs) return false;
  return (await readOpenTicks(broker, old, [tickMs], { withOwn: true })).length > 0;
}

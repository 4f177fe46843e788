import type { Broker } from "../broker/broker.ts";
import { type NewSchedule, removeSchedule, type StoredSchedule } from "../broker/schedules/schedulers.ts";
import { writeSchedule } from "../broker/schedules/write-schedule.ts";
import { keepRecords } from "../broker/store/keep-records.ts";
import { moveRecord } from "../broker/store/move-record.ts";
import { tickAfter } from "../cron/walk-plan.ts";
import { payOff } from "./pay-off.ts";

/**
 * Puts a schedule in the place of the one that the broker holds, and returns when it runs next. The old plan ends and the new
 * one begins at one moment, so that each tick is of one of them, whatever workers take meanwhile. `why` ticks had no run.
 */
export async function replaceSchedule(
  broker: Broker,
  before: StoredSchedule,
  after: NewSchedule,
  why?: string,
): Promise<number | undefined> {
  const { queue, name, job, args } = after;
  const isMoving = before.queue !== queue;
  // First, for BullMQ would put a run that a worker takes just now in the place of the one after it, and so begin it twice.
  await removeSchedule(broker, before.queue, name);
  if (isMoving) await moveRecord(broker, after, before.queue);
  const fromMs = await payOff(broker, isMoving ? { ...before, queue, job, args } : before, { why });
  const nextMs = await writeSchedule(broker, after);

  // A tick may have come between these two.
  const firstMs = after.everyMs === undefined ? tickAfter(after, fromMs - 1) : undefined;
  if (firstMs !== undefined && nextMs !== undefined && firstMs < nextMs) {
    await keepRecords(broker, [{ queue, name, nextMs: firstMs, keepsRun: false }]);
    await payOff(broker, { ...after, nextMs: firstMs }, { why, nowMs: nextMs });
  }
  return nextMs;
}

import type { Broker } from "../broker/broker.ts";
import { type NewSchedule, removeSchedule, type StoredSchedule } from "../broker/schedules/schedulers.ts";
import { writeSchedule } from "../broker/schedules/write-schedule.ts";
import { readCutOff } from "../broker/store/cut-off.ts";
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
  if (isMoving) await moveRecord(broker, after, before);
  // First, for BullMQ would put a run that a worker takes just now in the place of the one after it, and so begin it twice.
  await removeSchedule(broker, before.queue, name);
  const fromMs = await payOff(broker, isMoving ? { ...before, queue, job, args } : before, { why });
  const nextMs = await writeSchedule(broker, after);
  if (after.everyMs === undefined) await payGap(broker, after, { fromMs, nextMs, why });
  return nextMs;
}

/**
 * Writes a schedule that the broker does not hold, and returns when it runs next. Whoever was about to replace it may have died
 * over that: then what was due since is accounted for too.
 */
export async function addSchedule(broker: Broker, schedule: NewSchedule): Promise<number | undefined> {
  const fromMs = await readCutOff(broker, schedule);
  const nextMs = await writeSchedule(broker, schedule);
  if (fromMs !== undefined) await payGap(broker, schedule, { fromMs, nextMs });
  return nextMs;
}

interface Gap {
  readonly fromMs: number;
  readonly nextMs: number | undefined;
  readonly why?: string | undefined;
}

/** The ticks before the first that the broker has made a job for. */
async function payGap(broker: Broker, schedule: NewSchedule, { fromMs, nextMs, why }: Gap): Promise<void> {
  const { queue, name, everyMs } = schedule;
  const firstMs = everyMs === undefined ? tickAfter(schedule, fromMs - 1) : fromMs;
  if (firstMs === undefined || nextMs === undefined || firstMs >= nextMs) return;
  await keepRecords(broker, [{ queue, name, nextMs: firstMs, keepsRun: false }]);
  await payOff(broker, { ...schedule, nextMs: firstMs }, { why, nowMs: nextMs });
}

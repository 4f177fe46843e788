import type { Broker } from "../broker/broker.ts";
import { type NewSchedule, removeSchedule, type StoredSchedule } from "../broker/schedules/schedulers.ts";
import { writeSchedule } from "../broker/schedules/write-schedule.ts";
import { readCutOff } from "../broker/store/cut-off.ts";
import { keepRecord } from "../broker/store/keep-record.ts";
import { moveRecord } from "../broker/store/move-record.ts";
import { type PlanStart, startPlan } from "../broker/store/start-plan.ts";
import { tickAfter } from "../cron/walk-plan.ts";
import { payOff } from "./pay-off.ts";

/**
 * Puts a schedule in the place of the one that the broker holds. The old plan ends and the new one begins at one moment, so
 * that each tick is of one of them, whatever workers take meanwhile. `why` ticks had no run.
 */
export async function replaceSchedule(
  broker: Broker,
  before: StoredSchedule,
  after: NewSchedule,
  why?: string,
): Promise<void> {
  const { queue, name, job, args, everyMs } = after;
  const isMoving = before.queue !== queue;
  if (isMoving) await moveRecord(broker, after, before);
  // First, for BullMQ would put a run that a worker takes just now in the place of the one after it, and so begin it twice.
  await removeSchedule(broker, before.queue, name);
  const fromMs = await payOff(broker, isMoving ? { ...before, queue, job, args } : before, { why });
  await begin(broker, after, {
    fromMs,
    firstMs: everyMs === undefined ? tickAfter(after, fromMs - 1) : undefined,
    why,
  });
}

/**
 * Writes a schedule that the broker does not hold. Whoever was about to replace it may have died over that: then what was due
 * since is accounted for too. A new one owes nothing before the run that the broker makes first.
 */
export async function addSchedule(broker: Broker, schedule: NewSchedule): Promise<void> {
  const cutOffMs = await readCutOff(broker, schedule);
  if (cutOffMs === undefined) return begin(broker, schedule, { fromMs: Date.now(), firstMs: undefined });
  const firstMs = schedule.everyMs === undefined ? tickAfter(schedule, cutOffMs - 1) : cutOffMs;
  await begin(broker, schedule, { fromMs: cutOffMs, firstMs });
}

interface Begin extends PlanStart {
  readonly why?: string | undefined;
}

async function begin(broker: Broker, schedule: NewSchedule, { fromMs, firstMs, why }: Begin): Promise<void> {
  await startPlan(broker, schedule, { fromMs, firstMs });
  const nextMs = await writeSchedule(broker, schedule);
  if (firstMs === undefined || nextMs === undefined) await keepRecord(broker, schedule, nextMs);
  // The ticks before the first that the broker has made a job for.
  else if (firstMs < nextMs) await payOff(broker, { ...schedule, nextMs: firstMs }, { why, nowMs: nextMs });
}

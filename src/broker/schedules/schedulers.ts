import type { CatchUp } from "../../cron/plan-catch-up.ts";
import type { Overlap } from "../../definition/schedule.ts";
import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { queueOf } from "../queues.ts";
import { readSchedulers, type Scheduler } from "./read-schedulers.ts";

/** What a schedule says of its runs: of those that meet, of ticks that pass, of their place in the queue. */
export interface ScheduleRules {
  readonly overlap: Overlap;
  readonly catchUp: CatchUp;
  readonly catchUpWindowMs: number | undefined;
  /** Lower runs first, from 1; 0 runs before all. */
  readonly priority: number;
}

interface Bounds {
  /** Neither a tick before nor one after. */
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  /** So long after each tick its run is due. */
  readonly jitterMs?: number;
}

/** A schedule as the broker holds it (BullMQ: a job scheduler). */
export interface StoredSchedule extends ScheduleRules, Bounds {
  readonly name: string;
  readonly queue: string;
  readonly job: string;
  readonly cron: string | undefined;
  readonly everyMs: number | undefined;
  readonly timezone: string | undefined;
  readonly args: unknown;
  /** Whose it is; undefined where taskq did not write it. */
  readonly app: string | undefined;
  /** When its next job is due. */
  readonly nextMs: number | undefined;
}

export interface NewSchedule extends ScheduleRules, Bounds {
  readonly name: string;
  readonly queue: string;
  readonly job: string;
  readonly cron: string | undefined;
  readonly everyMs: number | undefined;
  readonly timezone: string;
  readonly args: object;
  readonly app: string;
}

/** What taskq keeps with a schedule and so with each job of it, beside what BullMQ does. */
export type ScheduleMark = Partial<Omit<ScheduleRules, "priority">> & {
  readonly app?: string;
  readonly jitterMs?: number;
};

/** What the broker holds of a queue's schedules. */
export async function readSchedules(broker: Broker, queueName: string): Promise<StoredSchedule[]> {
  const schedulers = await readSchedulers(broker, queueName);
  const dueAt = await readDue(broker, queueName, schedulers);
  return schedulers.map((scheduler, at) => toStored(scheduler, queueName, dueAt[at]));
}

function toStored(scheduler: Scheduler, queue: string, nextMs: number | undefined): StoredSchedule {
  const { key, name, pattern, every, tz, startDate, endDate, template } = scheduler;
  const { taskq = {}, priority = 0 } = template.opts as { taskq?: ScheduleMark; priority?: number };
  const { app, overlap, catchUp, catchUpWindowMs, jitterMs } = taskq;
  return {
    name: key,
    queue,
    job: name,
    cron: pattern,
    everyMs: every,
    timezone: tz,
    args: template.data,
    startMs: startDate,
    endMs: endDate,
    jitterMs: jitterMs ?? 0,
    app,
    nextMs,
    overlap: overlap ?? "skip",
    catchUp: catchUp ?? "once",
    catchUpWindowMs,
    priority,
  };
}

/** When the next job of each is due. BullMQ leaves the last time in its list where the end has come and there is no next. */
function readDue(broker: Broker, queue: string, schedulers: readonly Scheduler[]): Promise<(number | undefined)[]> {
  const redis = broker[redisOf];
  return Promise.all(
    schedulers.map(async ({ key, next, every, endDate }) => {
      if (endDate === undefined) return next;
      // Of an `every` it makes one job too many, which is not run.
      if (every !== undefined && next > endDate) return undefined;
      const job = `${broker.prefix}:${queue}:repeat:${key}:${next}`;
      const [name, startedAt] =
        next > Date.now() ? ["", null] : await told(broker, () => redis.hmget(job, "name", "processedOn"));
      return name === null || startedAt !== null ? undefined : next;
    }),
  );
}

export async function removeSchedule(broker: Broker, queueName: string, name: string): Promise<void> {
  const queue = await queueOf(broker, queueName);
  await told(broker, () => queue.removeJobScheduler(name));
}

/** `repeat:<schedule>:<ms>`; `prevMillis` is not the tick for `every`. */
export function tickOf(id: string): number {
  return Number(id.slice(id.lastIndexOf(":") + 1));
}

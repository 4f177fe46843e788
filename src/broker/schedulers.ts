import type { Queue } from "bullmq";
import type { CatchUp } from "../cron/plan-catch-up.ts";
import type { Overlap } from "../definition/schedule.ts";
import type { Broker } from "./broker.ts";
import { told } from "./broker-error.ts";
import { queueOf } from "./queues.ts";

/** What a schedule says of runs that meet and of ticks that pass. */
export interface ScheduleRules {
  readonly overlap: Overlap;
  readonly catchUp: CatchUp;
  readonly catchUpWindowMs: number | undefined;
}

/** A schedule as the broker holds it (BullMQ: a job scheduler). */
export interface StoredSchedule extends ScheduleRules {
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

export interface NewSchedule extends ScheduleRules {
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
export type ScheduleMark = Partial<ScheduleRules> & { readonly app?: string };

/** What the broker holds of a queue's schedules. */
export async function readSchedules(broker: Broker, queueName: string): Promise<StoredSchedule[]> {
  const queue = await queueOf(broker, queueName);
  const schedulers = await told(broker, () => queue.getJobSchedulers(0, -1, true));
  return schedulers.map((scheduler) => toStored(scheduler, queueName));
}

type Scheduler = Awaited<ReturnType<Queue["getJobSchedulers"]>>[number];

function toStored({ key, name, pattern, every, tz, template, next }: Scheduler, queue: string): StoredSchedule {
  const { app, overlap, catchUp, catchUpWindowMs } =
    (template?.opts as { taskq?: ScheduleMark } | undefined)?.taskq ?? {};
  return {
    name: key,
    queue,
    job: name,
    cron: pattern,
    everyMs: every === undefined ? undefined : Number(every),
    timezone: tz,
    args: template?.data ?? {},
    app,
    nextMs: next,
    overlap: overlap ?? "skip",
    catchUp: catchUp ?? "once",
    catchUpWindowMs,
  };
}

/** Writes a schedule, and returns its next tick. One that is there already is replaced, and its overdue run with it. */
export async function writeSchedule(broker: Broker, schedule: NewSchedule): Promise<number> {
  const {
    name,
    queue: queueName,
    job,
    cron,
    everyMs,
    timezone,
    args,
    app,
    overlap,
    catchUp,
    catchUpWindowMs,
  } = schedule;
  const queue = await queueOf(broker, queueName);
  const repeat = cron === undefined ? { every: everyMs! } : { pattern: cron, tz: timezone };
  // The mark in `opts` survives every run: it says whose the schedule is, and its rules to workers that do not declare it.
  const taskq: ScheduleMark = { app, overlap, catchUp, ...(catchUpWindowMs !== undefined && { catchUpWindowMs }) };
  const next = await told(broker, () =>
    queue.upsertJobScheduler(name, repeat, { name: job, data: args, opts: { taskq } as object }),
  );
  return tickOf(next!.id!);
}

export async function removeSchedule(broker: Broker, queueName: string, name: string): Promise<void> {
  const queue = await queueOf(broker, queueName);
  await told(broker, () => queue.removeJobScheduler(name));
}

/** `repeat:<schedule>:<ms>`; `prevMillis` is not the tick for `every`. */
export function tickOf(id: string): number {
  return Number(id.slice(id.lastIndexOf(":") + 1));
}

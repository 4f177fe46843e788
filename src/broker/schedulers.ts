import { type Broker, redisOf } from "./broker.ts";
import { told } from "./broker-error.ts";
import { toBrokerId } from "./job-id.ts";
import { queueOf } from "./queues.ts";

/** A schedule as the broker holds it (BullMQ: a job scheduler). */
export interface StoredSchedule {
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

export interface NewSchedule {
  readonly name: string;
  readonly queue: string;
  readonly job: string;
  readonly cron: string | undefined;
  readonly everyMs: number | undefined;
  readonly timezone: string;
  readonly args: object;
  readonly app: string;
}

/** What the broker holds of a queue's schedules. */
export async function readSchedules(broker: Broker, queueName: string): Promise<StoredSchedule[]> {
  const queue = await queueOf(broker, queueName);
  const schedulers = await told(broker, () => queue.getJobSchedulers(0, -1, true));
  return schedulers.map(({ key, name, pattern, every, tz, template, next }) => ({
    name: key,
    queue: queueName,
    job: name,
    cron: pattern,
    everyMs: every === undefined ? undefined : Number(every),
    timezone: tz,
    args: template?.data ?? {},
    app: (template?.opts as { taskq?: { app?: string } } | undefined)?.taskq?.app,
    nextMs: next,
  }));
}

/** Writes a schedule. One that is there already is replaced, and its overdue run with it: see `addPendingRun`. */
export async function writeSchedule(broker: Broker, schedule: NewSchedule): Promise<void> {
  const { name, queue: queueName, job, cron, everyMs, timezone, args, app } = schedule;
  const queue = await queueOf(broker, queueName);
  const repeat = cron === undefined ? { every: everyMs! } : { pattern: cron, tz: timezone };
  // The mark in `opts` survives every run: it says whose the schedule is.
  const template = { name: job, data: args, opts: { taskq: { app } } as object };
  await told(broker, () => queue.upsertJobScheduler(name, repeat, template));
}

export async function removeSchedule(broker: Broker, queueName: string, name: string): Promise<void> {
  const queue = await queueOf(broker, queueName);
  await told(broker, () => queue.removeJobScheduler(name));
}

/** Enqueues the overdue run of a schedule that is about to be replaced, under an id that makes it one run only. */
export async function addPendingRun(
  broker: Broker,
  { queue: queueName, name, job, args, nextMs }: StoredSchedule,
): Promise<void> {
  const queue = await queueOf(broker, queueName);
  await told(broker, () => queue.add(job, args, { jobId: toBrokerId(`tick-${name}-${nextMs}`) }));
}

const unlock = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** Runs `work` while no other process holds the key; waits for it as long as its holder may live. */
export async function underLock<Result>(
  broker: Broker,
  key: string,
  owner: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const redis = broker[redisOf];
  while ((await told(broker, () => redis.set(key, owner, "PX", 30_000, "NX"))) === null) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  try {
    return await work();
  } finally {
    await redis.eval(unlock, 1, key, owner);
  }
}

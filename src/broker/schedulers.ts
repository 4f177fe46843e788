import type { JobSchedulerJson } from "bullmq";
import { type Broker, redisOf } from "./broker.ts";
import { told } from "./broker-error.ts";
import { toBrokerId } from "./job-id.ts";
import { queueOf } from "./queues.ts";

interface Bounds {
  /** Neither a tick before nor one after. */
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  /** So long after each tick its run is due. */
  readonly jitterMs?: number;
}

/** A schedule as the broker holds it (BullMQ: a job scheduler). */
export interface StoredSchedule extends Bounds {
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

export interface NewSchedule extends Bounds {
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
  const dueAt = await readDue(broker, queueName, schedulers);
  return schedulers.map(({ key, name, pattern, every, tz, startDate, endDate, template }, at) => ({
    name: key,
    queue: queueName,
    job: name,
    cron: pattern,
    everyMs: every === undefined ? undefined : Number(every),
    timezone: tz,
    args: template?.data ?? {},
    startMs: startDate,
    endMs: endDate,
    ...marksOf(template),
    nextMs: dueAt[at],
  }));
}

/** When the next job of each is due. BullMQ leaves the last time in its list where the end has come and there is no next. */
function readDue(
  broker: Broker,
  queue: string,
  schedulers: readonly JobSchedulerJson[],
): Promise<(number | undefined)[]> {
  const redis = broker[redisOf];
  return Promise.all(
    schedulers.map(async ({ key, next, every, endDate }) => {
      if (endDate === undefined || next === undefined) return next;
      // Of an `every` it makes one job too many, which is not run.
      if (every !== undefined && next > endDate) return undefined;
      const job = `${broker.prefix}:${queue}:repeat:${key}:${next}`;
      const [name, startedAt] =
        next > Date.now() ? ["", null] : await told(broker, () => redis.hmget(job, "name", "processedOn"));
      return name === null || startedAt !== null ? undefined : next;
    }),
  );
}

/** What we keep in the options of each run. */
interface Marks {
  readonly app?: string;
  readonly jitterMs?: number;
}

function marksOf(template: { readonly opts?: object } | undefined): Pick<StoredSchedule, "app" | "jitterMs"> {
  const { app, jitterMs = 0 } = (template?.opts as { taskq?: Marks } | undefined)?.taskq ?? {};
  return { app, jitterMs };
}

/** Writes a schedule. One that is there already is replaced, and its overdue run with it: see `addPendingRun`. */
export async function writeSchedule(broker: Broker, schedule: NewSchedule): Promise<void> {
  const { name, queue: queueName, job, cron, everyMs, timezone, startMs, endMs, jitterMs = 0, args, app } = schedule;
  const queue = await queueOf(broker, queueName);
  const late = jitterMs > 0 && { jitterMs };
  const repeat = {
    ...(cron === undefined ? { every: everyMs! } : { pattern: cron, tz: timezone, ...late }),
    ...(startMs !== undefined && { startDate: startMs }),
    ...(endMs !== undefined && { endDate: endMs }),
  };
  // The marks in `opts` survive every run: they say whose the schedule is.
  const template = { name: job, data: args, opts: { taskq: { app, ...late } } as object };
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

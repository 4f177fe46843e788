import { type BackoffOptions, Job } from "bullmq";
import { type Broker, redisOf } from "./broker.ts";
import { cancelledField } from "./cancel-record.ts";
import { fromBrokerId } from "./job-id.ts";
import { limitQueue } from "./limit-queue.ts";
import { untilAccepted } from "./refusal.ts";
import { type ScheduledRun, scheduledRunOf } from "./scheduled-run.ts";
import { type SteadyWorker, unreadableOf } from "./steady-worker.ts";
import type { Cancellation } from "./store/cancels.ts";

/** A job on its way to a handler. */
export interface Delivery {
  readonly id: string;
  readonly job: string;
  readonly queue: string;
  readonly args: unknown;
  /** From 1. */
  readonly attempt: number;
  /** Starts that did not end in an attempt: crashes and stalls, but also put-backs of our own. */
  readonly uncounted: number;
  readonly enqueuedAtMs: number;
  /** What it is to its schedule, if it has one. */
  readonly run?: ScheduledRun | undefined;
  readonly schedule: string | undefined;
  /** The tick that a schedule's job runs for. */
  readonly tickMs: number | undefined;
  /** From when it was due to this start, where it is the first. */
  readonly waitedMs: number | undefined;
  /** What the enqueue call said. */
  readonly said: { readonly attempts: number | undefined; readonly timeoutMs: number | undefined };
  /** Jobs are stored bare: this makes BullMQ use the worker's definition at the attempt's end. */
  readonly applyRetry: (attempts: number, backoff: object | undefined) => void;
  /** Keeps the number of attempts with a job that is about to fail, for those who look at it without its definition. */
  readonly noteAttempts: () => Promise<void>;
  /** Keeps with a job that is about to fail that it was cancelled. */
  readonly noteCancelled: (cancellation: Cancellation) => Promise<void>;
  /** Keeps a line with the job, as the last of at most a thousand. */
  readonly log: (line: string) => Promise<void>;
  readonly progress: (value: number | object) => Promise<void>;
  /** Gives the job back to waiting, its attempt uncounted: another worker has it within a second. */
  readonly putBack: () => Promise<void>;
  /** Gives the job back for later, its attempt uncounted. */
  readonly putOff: (ms: number) => Promise<void>;
  /** Gives the job back, its attempt uncounted, and lets nobody take a job of its queue for so long. */
  readonly rateLimit: (ms: number) => Promise<void>;
  /** Why the job's record cannot be read, if so. */
  readonly unreadable: string | undefined;
  /** How often a worker died, or was cut off, while it ran this job. */
  readonly stalls: number;
  /** Whether this is the first start since the latest of these. */
  readonly isFirstSinceStall: () => Promise<boolean>;
  /** How many of the uncounted starts were crashes or stalls. */
  readonly countInterruptions: () => Promise<number>;
  /** When a worker first met this job without knowing its name. */
  readonly firstUnknownAtMs: (nowMs: number) => Promise<number>;
}

/** The name of the backoff that the runner computes. */
export const backoffType = "taskq";

/** A field of ours in the job's hash. */
export const attemptsField = "taskq:attempts";

/** How often we gave the job back: BullMQ counts that as a start, we do not count it as an interruption. */
export const putBacksField = "taskq:putBacks";

const keptLines = 1_000;
const unknownSince = "taskq:unknownSince";
const spread = "taskq:spread";

/** A BullMQ job becomes ours at the door. */
export function deliver(job: Job, queue: SteadyWorker, token: string, broker: Broker): Delivery {
  const redis = broker[redisOf];
  const hash = () => queue.toKey(job.id!);
  const run = scheduledRunOf(job);

  return {
    id: fromBrokerId(job.id!),
    job: job.name,
    queue: queue.name,
    args: job.data,
    attempt: job.attemptsMade + 1,
    uncounted: job.attemptsStarted - job.attemptsMade - 1,
    enqueuedAtMs: job.timestamp,
    run,
    schedule: run?.schedule,
    tickMs: run?.tickMs,
    waitedMs: job.attemptsStarted === 1 ? waitOf(job, run?.tickMs) : undefined,
    said: {
      attempts: job.opts.attempts || undefined, // BullMQ writes 0 where nothing was said
      timeoutMs: (job.opts as OurOptions).taskq?.timeoutMs,
    },
    applyRetry(attempts, backoff) {
      job.opts.attempts = attempts;
      if (backoff && !job.opts.backoff) job.opts.backoff = { type: backoffType, of: backoff } as BackoffOptions;
    },
    noteAttempts: async () => void (await redis.hset(hash(), attemptsField, job.opts.attempts ?? 1)),
    noteCancelled: async (cancellation) =>
      void (await redis.hset(hash(), cancelledField, JSON.stringify(cancellation))),
    log: async (line) => void (await Job.addJobLog(queue, job.id!, line, keptLines)),
    progress: (value) => job.updateProgress(value),
    putBack: () => leave(() => job.moveToWait(token)),
    putOff: (ms) => leave(() => job.moveToDelayed(Date.now() + ms, token)),
    rateLimit: (ms) =>
      leave(async () => {
        await limitQueue(redis, queue, ms);
        await job.moveToWait(token);
      }),
    unreadable: (job as { [unreadableOf]?: string })[unreadableOf],
    stalls: job.stalledCounter,
    isFirstSinceStall: () =>
      untilAccepted(async () => {
        if (Number(await redis.hget(hash(), spread)) === job.stalledCounter) return false;
        await redis.hset(hash(), spread, job.stalledCounter);
        return true;
      }),
    countInterruptions: async () => {
      const ownPutBacks = await untilAccepted(() => redis.hget(hash(), putBacksField));
      return job.attemptsStarted - job.attemptsMade - 1 - Number(ownPutBacks ?? 0);
    },
    firstUnknownAtMs: (nowMs) =>
      untilAccepted(async () => {
        await redis.hsetnx(hash(), unknownSince, nowMs);
        return Number(await redis.hget(hash(), unknownSince));
      }),
  };

  /** The job goes back to the queue, and this is no interruption. */
  async function leave(move: () => Promise<unknown>): Promise<void> {
    await untilAccepted(() => redis.hincrby(hash(), putBacksField, 1));
    await untilAccepted(move);
    queue.held.delete(job.id!);
  }
}

interface OurOptions {
  readonly taskq?: { readonly timeoutMs?: number };
}

/** A job can start before it was due: it was promoted, or the clocks of two hosts differ. */
function waitOf({ timestamp, processedOn, opts }: Job, tickMs = timestamp + (opts.delay ?? 0)): number {
  return Math.max(0, processedOn! - tickMs);
}

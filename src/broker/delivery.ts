import { Job } from "bullmq";
import { type Broker, redisOf } from "./broker.ts";
import { fromBrokerId } from "./job-id.ts";

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
  readonly schedule: string | undefined;
  /** The tick that a schedule's job runs for. */
  readonly tickMs: number | undefined;
  /** What the enqueue call said. */
  readonly said: { readonly attempts: number | undefined; readonly timeoutMs: number | undefined };
  readonly [bullJob]: Job;
  readonly [lockToken]: string;
}

const bullJob: unique symbol = Symbol("job");
const lockToken: unique symbol = Symbol("token");

interface OurOptions {
  readonly taskq?: { readonly timeoutMs?: number };
}

export function deliver(job: Job, queue: string, token: string): Delivery {
  return {
    id: fromBrokerId(job.id!),
    job: job.name,
    queue,
    args: job.data,
    attempt: job.attemptsMade + 1,
    uncounted: job.attemptsStarted - job.attemptsMade - 1,
    enqueuedAtMs: job.timestamp,
    schedule: job.repeatJobKey,
    tickMs: job.repeatJobKey ? tickOf(job.id!) : undefined,
    said: {
      attempts: job.opts.attempts || undefined, // BullMQ writes 0 where nothing was said
      timeoutMs: (job.opts as OurOptions).taskq?.timeoutMs,
    },
    [bullJob]: job,
    [lockToken]: token,
  };
}

/** The name of a backoff that ours computes: see worker.ts. */
export const backoffType = "taskq";

/** Makes BullMQ use these for this attempt's end: jobs are stored bare, and the worker's definition speaks. */
export function applyRetry(delivery: Delivery, attempts: number, backoff: object | undefined): void {
  const { opts } = delivery[bullJob];
  opts.attempts = attempts;
  if (backoff && !opts.backoff) opts.backoff = { ...backoff, type: backoffType };
}

const keptLines = 1_000;

/** Keeps a line with the job, as the last of at most a thousand. */
export async function addLogLine(delivery: Delivery, line: string): Promise<void> {
  const job = delivery[bullJob];
  await Job.addJobLog(Reflect.get(job, "queue"), job.id!, line, keptLines);
}

export async function setProgress(delivery: Delivery, value: number | object): Promise<void> {
  await delivery[bullJob].updateProgress(value);
}

// A field of ours in the job's hash: what BullMQ counts as a start and we do not count as an interruption.
const putBacks = "taskq:putBacks";
const unknownSince = "taskq:unknownSince";

/** Gives the job back to waiting, its attempt uncounted; another worker has it within a second. */
export async function putBack(broker: Broker, delivery: Delivery): Promise<void> {
  await broker[redisOf].hincrby(hashOf(broker, delivery), putBacks, 1);
  await delivery[bullJob].moveToWait(delivery[lockToken]);
}

/** Gives the job back for later, its attempt uncounted. */
export async function putOff(broker: Broker, delivery: Delivery, ms: number): Promise<void> {
  await broker[redisOf].hincrby(hashOf(broker, delivery), putBacks, 1);
  await delivery[bullJob].moveToDelayed(Date.now() + ms, delivery[lockToken]);
}

/** How many of its uncounted starts were crashes or stalls. Asked only where there are any. */
export async function countInterruptions(broker: Broker, delivery: Delivery): Promise<number> {
  const own = await broker[redisOf].hget(hashOf(broker, delivery), putBacks);
  return delivery.uncounted - Number(own ?? 0);
}

/** When a worker first met this job without knowing its name. */
export async function firstUnknownAtMs(broker: Broker, delivery: Delivery, nowMs: number): Promise<number> {
  const key = hashOf(broker, delivery);
  await broker[redisOf].hsetnx(key, unknownSince, nowMs);
  return Number(await broker[redisOf].hget(key, unknownSince));
}

function hashOf(broker: Broker, delivery: Delivery): string {
  return `${broker.prefix}:${delivery.queue}:${delivery[bullJob].id}`;
}

/** `repeat:<schedule>:<ms>`; `prevMillis` is not the tick for `every`. */
function tickOf(id: string): number {
  return Number(id.slice(id.lastIndexOf(":") + 1));
}

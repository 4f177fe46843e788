import type { Job } from "bullmq";
import type { Meta } from "../../definition/enqueue.ts";
import type { Backoff, BackoffFunction } from "../../definition/job.ts";
import type { Broker } from "../broker.ts";
import { fromBrokerId } from "../job-id.ts";
import { type ScheduledRun, scheduledRunOf } from "../schedules/scheduled-run.ts";
import type { Cancellation } from "../store/cancels.ts";
import { createMoves, type Held, jobOf, tokenOf } from "./delivery-moves.ts";
import { type SteadyWorker, unreadableOf } from "./steady-worker.ts";

/** A job on its way to a handler. */
export interface Delivery {
  readonly id: string;
  readonly job: string;
  readonly queue: string;
  readonly args: unknown;
  /** What went along with the args; undefined where nothing did. */
  readonly meta: Meta | undefined;
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
  /**
   * Jobs are stored bare: this makes BullMQ use the worker's definition at the attempt's end. What is not kept is gone when it
   * has completed.
   */
  readonly applyEnd: (attempts: number, backoff: Backoff | BackoffFunction | undefined, isKept: boolean) => void;
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
  /** When a worker first met this job without knowing its name, or with args that did not fit, since it last began. */
  readonly firstUnknownAtMs: (nowMs: number) => Promise<number>;
  /** It begins: whoever does not know it afterwards, as after a rollback, has the whole grace again. */
  readonly forgetUnknown: () => Promise<void>;
}

/** A BullMQ job becomes ours at the door. What a delivery can do is made once a worker: every job comes by here. */
export function createDeliver(queue: SteadyWorker, broker: Broker): (job: Job, token: string) => Delivery {
  const { name } = queue;
  const moves = createMoves(queue, broker);

  return (job, token) => {
    const run = scheduledRunOf(job);
    const delivery: Delivery & { -readonly [Key in keyof Held]?: Held[Key] } = {
      id: fromBrokerId(job.id!),
      job: job.name,
      queue: name,
      args: job.data,
      meta: metaOf(job),
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
      unreadable: (job as { [unreadableOf]?: string })[unreadableOf],
      stalls: job.stalledCounter,
      applyEnd: moves.applyEnd,
      noteAttempts: moves.noteAttempts,
      noteCancelled: moves.noteCancelled,
      log: moves.log,
      progress: moves.progress,
      putBack: moves.putBack,
      putOff: moves.putOff,
      rateLimit: moves.rateLimit,
      isFirstSinceStall: moves.isFirstSinceStall,
      countInterruptions: moves.countInterruptions,
      firstUnknownAtMs: moves.firstUnknownAtMs,
      forgetUnknown: moves.forgetUnknown,
    };
    // Not in the literal: with symbols in it, it takes five times as long.
    delivery[jobOf] = () => job;
    delivery[tokenOf] = token;
    return delivery;
  };
}

interface OurOptions {
  readonly taskq?: { readonly timeoutMs?: number; readonly meta?: Meta };
}

/** What the call that enqueued a job said beside its args. */
export const metaOf = ({ opts }: Job): Meta | undefined => (opts as OurOptions).taskq?.meta;

/** A job can start before it was due: it was promoted, or the clocks of two hosts differ. */
function waitOf({ timestamp, processedOn, opts }: Job, tickMs = timestamp + (opts.delay ?? 0)): number {
  return Math.max(0, processedOn! - tickMs);
}

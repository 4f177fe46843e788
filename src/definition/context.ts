import type { Duration } from "./duration.ts";
import type { Enqueue, Meta } from "./enqueue.ts";
import type { Logger } from "./logger.ts";

/** What a handler gets beside its args. */
export interface JobContext {
  readonly job: {
    readonly id: string;
    readonly name: string;
    readonly queue: string;
    /** When it was enqueued, in milliseconds since 1970. */
    readonly enqueuedAtMs: number;
    /** As they are stored: what was enqueued, before the schema made something else of it. */
    readonly args: unknown;
    /** What the call that enqueued it said beside its args; `{}` where it said nothing. */
    readonly meta: Meta;
  };
  /** Which try this is, from 1. */
  readonly attempt: number;
  /** Aborts at the timeout of the attempt, when the job is cancelled, and shortly before the worker has to close. */
  readonly signal: AbortSignal;
  /** Bound to this job. Lines are kept with the job and shown by `taskq job show`. */
  readonly log: Logger;
  /** Reports how far the job is: a number from 0 to 100, or any JSON value. */
  readonly progress: (value: number | object) => Promise<void>;
  /** Says that the handler is alive, for jobs with a `heartbeat`. */
  readonly heartbeat: () => void;
  /** What the startup files returned, merged. */
  readonly state: State;
  /** Puts another job of the project on its queue. */
  readonly enqueue: Enqueue;
  /** Ends this run, which is no attempt; the job runs again after the delay. */
  readonly reschedule: (delay: Duration) => never;
  /** The same, and meanwhile nobody takes a job of this queue. */
  readonly rateLimit: (delay: Duration) => never;
  /** The tick of the schedule that this job runs for, or null. */
  readonly scheduledFor: Date | null;
}

/** What startup files return. Declare its keys by merging into this interface. */
export interface State extends Record<string, unknown> {}

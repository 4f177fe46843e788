import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { JobContext } from "./context.ts";
import type { Duration } from "./duration.ts";
import type { Size } from "./size.ts";
import type { Unique } from "./unique.ts";

export interface Backoff {
  /** `fixed` waits `delay` each time, `exponential` doubles it. */
  readonly type: "fixed" | "exponential";
  /** Before the second attempt. */
  readonly delay: Duration;
  /** The longest wait between two attempts. Default: none. */
  readonly max?: Duration;
  /** The part of each wait that is random, from 0 to 1. Default 0. */
  readonly jitter?: number;
}

/**
 * Computes the wait before the next attempt. `made` is how many attempts have failed, from 1; `error` is why the last one did.
 * Where it throws, or gives no length of time, there is no wait, and the log says so.
 */
export type BackoffFunction = (made: number, error: Error) => Duration;

/** What can be said of a job in each layer: config defaults, queue, job, schedule. */
export interface JobOptions {
  /** Tries in all, the first included. Default 1. */
  readonly attempts?: number;
  /** How long to wait between two attempts. Default: not at all. */
  readonly backoff?: Backoff | BackoffFunction;
  /** The longest that one attempt may take. Default 1 h. */
  readonly timeout?: Duration;
  /** The longest that a handler may be silent: no progress, log or `heartbeat()`. Default: no limit. */
  readonly heartbeat?: Duration;
  /** Whether a job with a `heartbeat` beats by itself while the event loop turns. Default false. */
  readonly autoHeartbeat?: boolean;
  /** How many crashes and stalls a job survives. They are not attempts. Default 10. */
  readonly maxInterruptions?: number;
  /** Whether the handler runs in a worker thread, where a timeout ends it and a crash is its own. Default false. */
  readonly isolate?: boolean;
  /** The most heap of an isolated handler's thread: bytes, or a text such as `256mb`; at least `16mb`. Default: Node's own limit. */
  readonly maxMemory?: Size;
}

/** What acts when a job is enqueued, in the layers of config defaults, queue and job. */
export interface EnqueueDefaults {
  /** Lower runs first, from 1; 0, the default, runs before all. */
  readonly priority?: number;
  /** How long the job waits before it may run. Default 0. */
  readonly delay?: Duration;
  /**
   * No second job of this name and key is enqueued before the first has finished: `true` (equal args), a key, or a
   * function of the args. Default false.
   */
  readonly unique?: Unique;
  /** The largest args: bytes of JSON, or a text such as `64kb`. Default 1 MiB. */
  readonly maxArgsSize?: Size;
}

export interface JobSettings extends JobOptions, EnqueueDefaults {
  /** Replaces `<domain>.<export>`. */
  readonly name?: string;
  /** Replaces the domain. */
  readonly queue?: string;
  /** 0: a job that has completed is not kept. Any other number is the queue's to say, for it holds for all of its jobs. */
  readonly keepCompleted?: 0;
}

/** A job, as `defineJob` returns it. `Input` is what is enqueued, `Args` what the handler gets. */
export interface JobDefinition<Input = unknown, Args = unknown, Result = unknown> extends JobSettings {
  readonly [jobBrand]: true;
  readonly args?: StandardSchemaV1<Input, Args>;
  readonly handler: (args: Args, context: JobContext) => Result;
}

/** Any job, whatever its args: what a list of jobs holds. */
// biome-ignore lint/suspicious/noExplicitAny: handlers are contravariant in their args
export type AnyJob = JobDefinition<any, any, any>;

/** A plain async function is a job with the defaults. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export type JobFunction = (args: any, context: JobContext) => Promise<unknown>;

const jobBrand: unique symbol = Symbol.for("taskq.job") as never;

/** A job whose args are checked by a Standard Schema (zod, valibot, arktype …), when enqueued and again in the worker. */
export function defineJob<Schema extends StandardSchemaV1, Result>(
  job: Omit<JobSettings, "unique"> & {
    readonly args: Schema;
    /** As in every layer; a function gets what is enqueued, before the schema makes something else of it. */
    readonly unique?: Unique<StandardSchemaV1.InferInput<Schema>>;
    readonly handler: (args: StandardSchemaV1.InferOutput<Schema>, context: JobContext) => Result;
  },
): JobDefinition<StandardSchemaV1.InferInput<Schema>, StandardSchemaV1.InferOutput<Schema>, Result>;
/** A job whose args are typed by its handler alone. */
export function defineJob<Args = Record<string, never>, Result = unknown>(
  job: JobSettings & { readonly handler: (args: Args, context: JobContext) => Result },
): JobDefinition<Args, Args, Result>;
export function defineJob(job: object): AnyJob {
  return { ...job, [jobBrand]: true } as AnyJob;
}

/** An exported function as the job that it is. */
export const toJob = (value: AnyJob | JobFunction): AnyJob => (isJob(value) ? value : defineJob({ handler: value }));

export const isJob = (value: unknown): value is AnyJob =>
  typeof value === "object" && value !== null && jobBrand in value;

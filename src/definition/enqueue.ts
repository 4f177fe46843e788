import type { Duration } from "./duration.ts";
import type { AnyJob, JobDefinition, JobFunction } from "./job.ts";

/** What a call may say of one job. It wins over the job's own definition. */
export interface EnqueueOptions {
  /** How long to wait before it may run. Not with `at`. */
  readonly delay?: Duration | undefined;
  /** When it may run. Not with `delay`. */
  readonly at?: Date | undefined;
  /** Lower runs first, from 1; 0 runs before all. */
  readonly priority?: number | undefined;
  /** Tries in all, the first included. */
  readonly attempts?: number | undefined;
  /** The longest that one attempt may take. */
  readonly timeout?: Duration | undefined;
  /** An id of one's own: letters, digits, `_`, `.` and `-`, at most 128. */
  readonly id?: string | undefined;
}

/** What became of a call. */
export interface Receipt {
  readonly created: boolean;
  readonly reason: "exists" | "finished" | null;
  readonly id: string;
  readonly job: string;
  readonly queue: string;
  /** Of the job that has the id now: BullMQ's word. */
  readonly state: string;
  /** ISO 8601 in UTC: when it may run. */
  readonly runAt: string;
}

/** Enqueues from a handler, as a client does from an application. */
export interface Enqueue {
  <Input>(
    job: JobDefinition<Input, never, unknown> | JobDefinition<Input>,
    args: Input,
    options?: EnqueueOptions,
  ): Promise<Receipt>;
  (job: AnyJob | JobFunction | string, args: object, options?: EnqueueOptions): Promise<Receipt>;
}

/** The same for us, who check at run time what was given. */
export type EnqueueFunction = (job: unknown, args: unknown, options?: EnqueueOptions) => Promise<Receipt>;

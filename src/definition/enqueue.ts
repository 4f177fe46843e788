import type { Duration } from "./duration.ts";
import type { ArgsOf, JobReference, JobWithoutArgs, TaskqJobs } from "./typed-jobs.ts";
import type { Unique } from "./unique.ts";

/** What goes along with a job beside its args, and no schema checks. */
export type Meta = Readonly<Record<string, unknown>>;

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
  /** Another queue of the project than the job's own. */
  readonly queue?: string | undefined;
  /** An id of one's own: letters, digits, `_`, `.` and `-`, at most 128. */
  readonly id?: string | undefined;
  /** What goes along with the job and is none of its args, such as a tenant or a trace: at most 16 KiB of JSON. Default none. */
  readonly meta?: Meta | undefined;
  /** As in the job's definition; `false` switches off what that says. */
  readonly unique?: Unique | undefined;
  /** Take the place of the job that has the unique key, if that one has not begun. Default false. */
  readonly replace?: boolean | undefined;
}

/** What became of a call. */
export interface Receipt {
  readonly created: boolean;
  /**
   * Why nothing was created. A job of the same id is there (`exists`, `finished`), or one of the same unique key:
   * `duplicate`, or `active` where it should have been replaced but has begun.
   */
  readonly reason: "exists" | "finished" | "duplicate" | "active" | null;
  /** Where nothing was created: of the job that is there. */
  readonly id: string;
  readonly job: string;
  readonly queue: string;
  /** Of the job that has the id now: BullMQ's word. */
  readonly state: string;
  /** ISO 8601 in UTC: when it may run. */
  readonly runAt: string;
  /** With `replace`: the id of the job that was replaced, or null. */
  readonly replaced?: string | null;
}

/** Enqueues, from an application or a handler: a job that is given itself, or by a name, types its args. */
export interface Enqueue<Jobs = TaskqJobs> {
  <const Job extends JobReference<Jobs>>(job: Job, args: ArgsOf<Job, Jobs>, options?: EnqueueOptions): Promise<Receipt>;
  /** As with `{}`. */
  <const Job extends JobReference<Jobs>>(job: JobWithoutArgs<Job, Jobs>): Promise<Receipt>;
}

/** The same for us, who check at run time what was given. */
export type EnqueueFunction = (job: unknown, args?: unknown, options?: EnqueueOptions) => Promise<Receipt>;

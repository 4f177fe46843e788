import type { Duration } from "./duration.ts";
import type { AnyJob, EnqueueDefaults, JobFunction, JobOptions } from "./job.ts";
import type { ArgsOf, MayBeEmpty } from "./typed-jobs.ts";

/** What becomes of a tick that meets the run before it. */
export type Overlap = "skip" | "allow" | "queue";

/** What a schedule says beside what it enqueues. */
export interface ScheduleTerms extends JobOptions, Pick<EnqueueDefaults, "priority"> {
  /**
   * Five or six cron fields, or `@hourly` … `@yearly`; or several such, of which the earliest comes next. `H` is a stable
   * spread by the schedule's name.
   */
  readonly cron?: string | readonly string[];
  /** Instead of `cron`: a fixed length of time between two runs. */
  readonly every?: Duration;
  /** The zone that `cron` is read in. Default: the config's `timezone`, else UTC. */
  readonly timezone?: string;
  /** Not before: a Date, or ISO 8601, on the schedule's own clock where that names no zone. Default: at once. */
  readonly startAt?: Date | string;
  /** Not after, this moment included; of a day alone its end. Default: for ever. */
  readonly endAt?: Date | string;
  /** Each run is late by a length of time of at most this, that hangs on the schedule's name alone. Default 0. */
  readonly jitter?: Duration;
  /** What each run is given. Checked against the job's schema. Default `{}`. */
  readonly args?: object;
  /** Default: the job's name. Two schedules of one job each need one. */
  readonly name?: string;
  /**
   * `skip`: a tick is passed over while the run before it is active or waits. `queue`: its run waits for that one, but only
   * one does. `allow`: runs may overlap. Default `skip`.
   */
  readonly overlap?: Overlap;
  /**
   * Of ticks that came while no worker could run them. `once`: one run for all of them. `all`: one for each, at most a
   * hundred. `skip`: none. Default `once`.
   */
  readonly catchUp?: "once" | "skip" | "all";
  /** A tick older than this is not caught up. Default: a day with `all`, and no limit with `once`. */
  readonly catchUpWindow?: Duration;
  /** `true` says `overlap: "skip"`, `false` says `"allow"`. Not with `overlap`. */
  readonly unique?: boolean;
}

interface OfJob<Job = AnyJob | JobFunction> {
  /** The job it enqueues: a `defineJob` value or an exported async function. */
  readonly job: Job;
  readonly handler?: undefined;
}

interface OfHandler<Handler = JobFunction> {
  /** Instead of `job`: a function that becomes a job of this domain, named after the function. */
  readonly handler: Handler;
  readonly job?: undefined;
}

export type ScheduleSettings = ScheduleTerms & (OfJob | OfHandler);

/** A schedule, as `defineSchedule` returns it. */
export type ScheduleDefinition = ScheduleSettings & { readonly [scheduleBrand]: true };

const scheduleBrand: unique symbol = Symbol.for("taskq.schedule") as never;

/** A job that is enqueued again and again, by cron or at a fixed distance. */
export function defineSchedule<Job extends AnyJob | JobFunction>(
  schedule: TermsOf<Job> & (OfJob<Job> | OfHandler<Job & JobFunction>),
): ScheduleDefinition {
  return { ...(schedule as ScheduleSettings), [scheduleBrand]: true };
}

/** The args are those of the job, and must be said where `{}` is not enough. */
type TermsOf<Job> = Omit<ScheduleTerms, "args"> &
  (MayBeEmpty<ArgsOf<Job>> extends true ? { readonly args?: ArgsOf<Job> } : { readonly args: ArgsOf<Job> });

export const isSchedule = (value: unknown): value is ScheduleDefinition =>
  typeof value === "object" && value !== null && scheduleBrand in value;

import type { Duration } from "./duration.ts";
import type { AnyJob, JobFunction, JobOptions } from "./job.ts";

/** What becomes of a tick that meets the run before it. */
export type Overlap = "skip" | "allow" | "queue";

export interface ScheduleSettings extends JobOptions {
  /** The job it enqueues: a `defineJob` value or an exported async function. */
  readonly job: AnyJob | JobFunction;
  /** Five or six cron fields, or `@hourly` … `@yearly`. `H` is a stable spread by the schedule's name. */
  readonly cron?: string;
  /** Instead of `cron`: a fixed length of time between two runs. */
  readonly every?: Duration;
  /** The zone that `cron` is read in. Default: the config's `timezone`, else UTC. */
  readonly timezone?: string;
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

/** A schedule, as `defineSchedule` returns it. */
export interface ScheduleDefinition extends ScheduleSettings {
  readonly [scheduleBrand]: true;
}

const scheduleBrand: unique symbol = Symbol.for("taskq.schedule") as never;

/** A job that is enqueued again and again, by cron or at a fixed distance. */
export function defineSchedule(schedule: ScheduleSettings): ScheduleDefinition {
  return { ...schedule, [scheduleBrand]: true };
}

export const isSchedule = (value: unknown): value is ScheduleDefinition =>
  typeof value === "object" && value !== null && scheduleBrand in value;

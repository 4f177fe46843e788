export { type Client, type ClientOptions, createClient } from "./client/client.ts";
export type { Receipt } from "./client/enqueue.ts";
export type { EnqueueOptions } from "./client/enqueue-options.ts";
export {
  type Config,
  type ConfigContext,
  type ConfigInput,
  defineConfig,
  type QueueSettings,
  type Retention,
} from "./definition/config.ts";
export type { JobContext, State } from "./definition/context.ts";
export type { Duration } from "./definition/duration.ts";
export {
  type AnyJob,
  type Backoff,
  defineJob,
  type JobDefinition,
  type JobFunction,
  type JobOptions,
  type JobSettings,
} from "./definition/job.ts";
export type { Logger } from "./definition/logger.ts";
export type { Manifest } from "./definition/manifest.ts";
export { defineSchedule, type ScheduleDefinition, type ScheduleSettings } from "./definition/schedule.ts";
export type { ArgsOf, JobName, JobReference, ResultOf, TaskqJobs, TypedJob } from "./definition/typed-jobs.ts";
export { TaskqError, type TaskqErrorCode } from "./errors.ts";

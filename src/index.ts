export type { JobState } from "./broker/list-jobs.ts";
export type { StoredJob } from "./broker/read-job.ts";
export type { Batch } from "./client/batch.ts";
export type { CancelOptions, CancelReceipt } from "./client/cancel.ts";
export { type Client, type ClientOptions, createClient } from "./client/client.ts";
export type { Receipt } from "./client/enqueue.ts";
export type { EnqueueOptions } from "./client/enqueue-options.ts";
export type { JobsOptions } from "./client/look.ts";
export type { MapOptions, MapOutcome } from "./client/map.ts";
export type { WaitOptions } from "./client/wait.ts";
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
export { defineSchedule, type ScheduleDefinition, type ScheduleSettings } from "./definition/schedule.ts";
export { TaskqError, type TaskqErrorCode } from "./errors.ts";

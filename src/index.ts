import { TaskqError } from "./errors.ts";
import { importAside } from "./loader/import-aside.ts";
import type { EmbeddedRunner, RunnerOptions } from "./service/embed.ts";

export type { JobDetail } from "./broker/look/job-detail.ts";
export type { JobState } from "./broker/look/job-state.ts";
export type { StoredJob } from "./broker/look/stored-job.ts";
export type { AwaitedJob, AwaitOptions } from "./client/await-job.ts";
export type { Batch } from "./client/batch.ts";
export type { CancelOptions, CancelReceipt } from "./client/cancel.ts";
export { type Client, type ClientOptions, createClient } from "./client/client.ts";
export type { EnqueuedMany, EnqueueManyOptions, RejectedRow } from "./client/enqueue-many.ts";
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
  type TelemetrySettings,
} from "./definition/config.ts";
export type { JobContext, State } from "./definition/context.ts";
export type { Duration } from "./definition/duration.ts";
export type { Enqueue, EnqueueOptions, Meta, Receipt } from "./definition/enqueue.ts";
export type { CompletedJob, EndHookContext, EnqueueCall, FailedJob, HookCommand, Hooks } from "./definition/hooks.ts";
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
export type { Size } from "./definition/size.ts";
export type { ArgsOf, JobName, JobReference, ResultOf, TaskqJobs, TypedJob } from "./definition/typed-jobs.ts";
export { TaskqError, type TaskqErrorCode } from "./errors.ts";
export type { EmbeddedRunner, RunnerOptions } from "./service/embed.ts";

/** Runs the project's workers inside this process, without signal handlers. Who only enqueues loads none of it. */
export async function createRunner(options: RunnerOptions = {}): Promise<EmbeddedRunner> {
  const aside = await importAside("./commands/log/embedded-runner", import.meta.url);
  if (aside === undefined) {
    throw new TaskqError("NO_JOBS", "a bundled app cannot run workers", {
      hint: "Leave taskq out of the bundle, as an external package.",
    });
  }
  const { startEmbeddedRunner } = aside as { startEmbeddedRunner: (options: RunnerOptions) => Promise<EmbeddedRunner> };
  return startEmbeddedRunner(options);
}

import type { AnyJob, JobDefinition, JobFunction } from "./job.ts";

/** The jobs of the project by name, `{ args, result }` each. `taskq types` declares them by merging into this interface. */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be merged into
export interface TaskqJobs {}

/** What is enqueued for an exported job, and what comes of it. */
export interface TypedJob<Job> {
  readonly args: ArgsOf<Job>;
  readonly result: ResultOf<Job>;
}

/** The names that a call may use: those that were declared, else any text. */
export type JobName<Jobs = TaskqJobs> = keyof Jobs extends never ? string : keyof Jobs & string;

/** What a call may name a job by. */
export type JobReference<Jobs = TaskqJobs> = JobName<Jobs> | AnyJob | JobFunction;

/** What is enqueued for a job, given by name, by its definition or by its function. */
export type ArgsOf<Job, Jobs = TaskqJobs> = Job extends keyof Jobs
  ? Jobs[Job] extends { readonly args: infer Args }
    ? Args
    : object
  : Job extends string
    ? object
    : Job extends JobDefinition<infer Input, infer _Args, infer _Result>
      ? Input
      : Job extends (...parameters: infer Parameters) => unknown
        ? Parameters extends []
          ? Record<string, never>
          : Parameters extends [(infer First)?, ...unknown[]]
            ? First
            : object
        : object;

/** A job that may be enqueued without args, for it has none or each may be left out. */
export type JobWithoutArgs<Job, Jobs = TaskqJobs> =
  MayBeEmpty<ArgsOf<Job, Jobs>> extends true ? Job : "the args of this job are missing";

/** Whether `{}` is enough. */
export type MayBeEmpty<Args> = Record<never, never> extends Args ? true : false;

/** What the handler of a job returns, once it has settled. */
export type ResultOf<Job, Jobs = TaskqJobs> = Job extends keyof Jobs
  ? Jobs[Job] extends { readonly result: infer Result }
    ? Result
    : unknown
  : Job extends JobDefinition<infer _Input, infer _Args, infer Result>
    ? Awaited<Result>
    : Job extends (...parameters: never) => infer Result
      ? Awaited<Result>
      : unknown;

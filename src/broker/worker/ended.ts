import type { Job } from "bullmq";
import type { Meta } from "../../definition/enqueue.ts";
import { fromBrokerId } from "../job-id.ts";
import { type ScheduledRun, scheduledRunOf } from "../schedules/scheduled-run.ts";
import { metaOf } from "./delivery.ts";

/** A job whose end is stored. */
export interface Ended {
  readonly id: string;
  /** What it was to its schedule, if it had one. */
  readonly run: ScheduledRun | undefined;
  readonly job: string;
  readonly args: unknown;
  readonly meta: Meta | undefined;
  readonly result: unknown;
  readonly attempt: number;
  readonly attempts: number;
  readonly startedAtMs: number;
  readonly ms: number;
  /** Whether it will not be tried again. */
  readonly final: boolean;
  /** When it will be tried again, if it will. */
  readonly retryInMs: number;
}

/** What BullMQ tells of a job when it has stored its end. The result it gives beside the job: in the job itself 0, false and "" are lost. */
export function toEnded(job: Job, result?: unknown): Ended {
  return {
    id: fromBrokerId(job.id!),
    run: scheduledRunOf(job),
    job: job.name,
    args: job.data,
    meta: metaOf(job),
    result,
    attempt: job.attemptsMade,
    attempts: job.opts.attempts ?? 1,
    startedAtMs: job.processedOn ?? Date.now(),
    ms: (job.finishedOn ?? Date.now()) - (job.processedOn ?? Date.now()),
    final: job.finishedOn !== undefined,
    retryInMs: job.delay,
  };
}

import type { JobsOptions } from "bullmq";
import { toBrokerId } from "../job-id.ts";
import { type NewJob, waitOf } from "./new-job.ts";

/** A job's options in BullMQ's words. The nonce tells the caller's job from a namesake that was there before. */
export function toBrokerOptions(job: NewJob, nonce?: string) {
  const { id, priority, attempts, timeoutMs, unique, meta } = job;
  const nowMs = Date.now();
  const options: JobsOptions & { taskq?: object } = { jobId: toBrokerId(id), timestamp: nowMs };
  const delay = waitOf(job, nowMs);
  if (delay > 0) options.delay = delay;
  if (priority > 0) options.priority = priority;
  if (attempts !== undefined) options.attempts = attempts;
  if (unique !== undefined) options.deduplication = { id: unique };
  if (timeoutMs !== undefined || nonce || meta) {
    options.taskq = { ...(timeoutMs !== undefined && { timeoutMs }), ...(nonce && { nonce }), ...(meta && { meta }) };
  }
  return options;
}

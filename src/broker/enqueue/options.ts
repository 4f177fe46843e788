import type { JobsOptions } from "bullmq";
import { toBrokerId } from "../job-id.ts";
import type { NewJob } from "./new-job.ts";

/** A job's options in BullMQ's words. The nonce tells the caller's job from a namesake that was there before. */
export function toBrokerOptions({ id, delayMs, priority, attempts, timeoutMs, unique }: NewJob, nonce?: string) {
  const options: JobsOptions & { taskq?: object } = { jobId: toBrokerId(id) };
  if (delayMs > 0) options.delay = delayMs;
  if (priority > 0) options.priority = priority;
  if (attempts !== undefined) options.attempts = attempts;
  if (unique !== undefined) options.deduplication = { id: unique };
  if (timeoutMs !== undefined || nonce) {
    options.taskq = { ...(timeoutMs !== undefined && { timeoutMs }), ...(nonce && { nonce }) };
  }
  return options;
}

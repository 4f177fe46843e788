import type { AdvancedOptions, BackoffOptions } from "bullmq";
import type { Backoff, BackoffFunction } from "../../definition/job.ts";

/** How long the next attempt of a job waits; `made` is how many have failed. */
export type BackoffMs = (job: string, backoff: Backoff | BackoffFunction, made: number, error: Error) => number;

const type = "taskq";

/** A backoff that the runner computes, as it goes along in a job's options. */
export const toBrokerBackoff = (of: Backoff | BackoffFunction) => ({ type, of }) as BackoffOptions;

/** BullMQ asks for the wait when an attempt has failed. A backoff that raw producers made up is known to their workers alone. */
export function createBackoffStrategy(backoffMs: BackoffMs): NonNullable<AdvancedOptions["backoffStrategy"]> {
  return (made, asked, error, job) => {
    const { of } = job!.opts.backoff as { of?: Backoff | BackoffFunction };
    return asked === type && of ? backoffMs(job!.name, of, made, error!) : 0;
  };
}

import { type JobSummary, toSummary } from "./job-summary.ts";
import type { JobRecord } from "./read-job.ts";

/** One job as `client.jobs()` gives it. */
export interface StoredJob extends Omit<JobSummary, "error"> {
  readonly error: { readonly message: string; readonly stack: string | null } | null;
  /** The last of its lines. */
  readonly logs: readonly string[];
  /** How many are kept. */
  readonly logCount: number;
}

/** A record as a document; keys to redact are hidden in its args, its meta, its progress and its result. */
export function toStoredJob(record: JobRecord, redact: readonly string[]): StoredJob {
  const { error, ...summary } = toSummary(record, redact);
  const { stack = null, logs, logCount } = record;
  return { ...summary, error: error && { ...error, stack }, logs, logCount };
}

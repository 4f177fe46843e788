import { redactKeys } from "../../definition/redact.ts";
import type { JobRecord } from "./read-job.ts";
import { toIso } from "./to-iso.ts";

/** One job, as `taskq job list` prints it. Times are ISO 8601 in UTC. */
export interface JobSummary {
  readonly id: string;
  readonly job: string;
  readonly queue: string;
  readonly state: string;
  readonly args: unknown;
  /** What went along with the args; null where nothing did. */
  readonly meta: unknown;
  readonly attempts: { readonly made: number; readonly max: number | null };
  readonly interruptions: number;
  readonly progress: unknown;
  readonly result: unknown;
  readonly error: { readonly message: string } | null;
  /** Where it failed because somebody cancelled it. */
  readonly cancelled: { readonly by: string; readonly reason: string | null; readonly at: string | null } | null;
  readonly enqueuedAt: string;
  readonly runAt: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly durationMs: number | null;
  readonly worker: string | null;
  readonly schedule: string | null;
}

/** A record as a document; keys to redact are hidden in its args, its meta, its progress and its result. */
export function toSummary(job: JobRecord, redact: readonly string[]): JobSummary {
  const { startedAtMs, finishedAtMs, failedReason } = job;
  const durationMs = (finishedAtMs ?? Number.NaN) - (startedAtMs ?? Number.NaN);
  return {
    id: job.id,
    job: job.job,
    queue: job.queue,
    state: job.state,
    args: redactKeys(job.args, redact),
    meta: redactKeys(job.meta ?? null, redact),
    attempts: { made: job.attemptsMade, max: job.attempts ?? null },
    interruptions: job.interruptions,
    progress: redactKeys(job.progress, redact),
    result: redactKeys(job.result, redact),
    error: failedReason === undefined || job.state === "completed" ? null : { message: failedReason },
    cancelled: job.cancelled
      ? { by: job.cancelled.by, reason: job.cancelled.reason, at: toIso(job.cancelled.atMs) }
      : null,
    enqueuedAt: toIso(job.enqueuedAtMs)!,
    runAt: toIso(job.dueAtMs),
    startedAt: toIso(startedAtMs),
    finishedAt: toIso(finishedAtMs),
    durationMs: Number.isNaN(durationMs) ? null : durationMs,
    worker: job.worker ?? null,
    schedule: job.schedule ?? null,
  };
}

import type { Broker } from "../broker/broker.ts";
import { jobIsGone, locateJob } from "../broker/locate-job.ts";
import { readJob, type StoredJob } from "../broker/read-job.ts";
import { redactKeys } from "../definition/redact.ts";

/** One job, as `taskq job show` prints it. Times are ISO 8601 in UTC. */
export interface JobDetail {
  readonly id: string;
  readonly job: string;
  readonly queue: string;
  readonly state: string;
  readonly args: unknown;
  readonly attempts: { readonly made: number; readonly max: number | null };
  readonly interruptions: number;
  readonly progress: unknown;
  readonly result: unknown;
  readonly error: { readonly message: string; readonly stack: string | null } | null;
  /** Where it failed because somebody cancelled it. */
  readonly cancelled: { readonly by: string; readonly reason: string | null; readonly at: string } | null;
  readonly enqueuedAt: string;
  readonly runAt: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly durationMs: number | null;
  readonly worker: string | null;
  readonly schedule: string | null;
  readonly logs: readonly string[];
}

/** One job by its id, wherever it is. Throws JOB_NOT_FOUND, or USAGE where two queues hold the id. */
export async function showJob(
  broker: Broker,
  id: string,
  queue: string | undefined,
  redact: readonly string[],
): Promise<JobDetail> {
  const place = await locateJob(broker, id, queue);
  const job = (await readJob(broker, place.queue, place.key)) ?? jobIsGone(id, [place.queue]);
  return toDetail(job, redact);
}

function toDetail(job: StoredJob, redact: readonly string[]): JobDetail {
  const { startedAtMs, finishedAtMs, failedReason } = job;
  return {
    id: job.id,
    job: job.job,
    queue: job.queue,
    state: job.state,
    args: redactKeys(job.args, redact),
    attempts: { made: job.attemptsMade, max: job.attempts ?? null },
    interruptions: job.interruptions,
    progress: job.progress,
    result: redactKeys(job.result, redact),
    error:
      failedReason === undefined || job.state === "completed"
        ? null
        : { message: failedReason, stack: job.stack ?? null },
    cancelled: job.cancelled
      ? { by: job.cancelled.by, reason: job.cancelled.reason, at: toIso(job.cancelled.atMs)! }
      : null,
    enqueuedAt: toIso(job.enqueuedAtMs)!,
    runAt: job.state === "delayed" ? toIso(job.enqueuedAtMs + job.delayMs) : null,
    startedAt: toIso(startedAtMs),
    finishedAt: toIso(finishedAtMs),
    durationMs: startedAtMs !== undefined && finishedAtMs !== undefined ? finishedAtMs - startedAtMs : null,
    worker: job.worker ?? null,
    schedule: job.schedule ?? null,
    logs: job.logs,
  };
}

function toIso(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

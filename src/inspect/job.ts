import type { Broker } from "../broker/broker.ts";
import { findJob, readJob, type StoredJob } from "../broker/read-job.ts";
import { readQueueNames } from "../broker/store/queue-names.ts";
import { TaskqError } from "../errors.ts";
import { redactKeys } from "./redact.ts";

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
  const queues = queue === undefined ? await readQueueNames(broker) : [queue];
  const places = await findJob(broker, id, queues);
  if (places.length > 1) {
    throw new TaskqError("USAGE", `the id "${id}" stands in ${places.map(({ queue }) => queue).join(" and ")}`, {
      hint: "Say which with `--queue <name>`.",
    });
  }
  const [place] = places;
  const job = place && (await readJob(broker, place.queue, place.key));
  if (!job) {
    throw new TaskqError("JOB_NOT_FOUND", `no job has the id "${id}" in ${queues.join(", ") || "any queue"}`, {
      hint: "It may have been removed: finished jobs are kept for a limited time.",
    });
  }
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

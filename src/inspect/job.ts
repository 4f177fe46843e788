import type { Broker } from "../broker/broker.ts";
import { type Child, type Relative, readJobFamily } from "../broker/job-family.ts";
import { jobIsGone, locateJob } from "../broker/locate-job.ts";
import { readJob } from "../broker/read-job.ts";
import { type JobSummary, toSummary } from "./job-summary.ts";

/** One job, as `taskq job show` prints it. */
export interface JobDetail extends Omit<JobSummary, "error"> {
  readonly error: { readonly message: string; readonly stack: string | null } | null;
  /** The job that waits for this one. */
  readonly parent: Relative | null;
  /** The jobs that this one waits for, or has waited for. */
  readonly children: readonly Child[];
  /** The last of its lines. */
  readonly logs: readonly string[];
  /** How many are kept. */
  readonly logCount: number;
}

/** One job by its id, wherever it is. Throws JOB_NOT_FOUND, or USAGE where two queues hold the id. */
export async function showJob(
  broker: Broker,
  id: string,
  queue: string | undefined,
  redact: readonly string[],
): Promise<JobDetail> {
  const place = await locateJob(broker, id, queue);
  const [job, family] = await Promise.all([
    readJob(broker, place.queue, place.key),
    readJobFamily(broker, place.queue, place.key),
  ]);
  if (!job) jobIsGone(id, [place.queue]);
  const summary = toSummary(job, redact);
  return {
    ...summary,
    error: summary.error && { ...summary.error, stack: job.stack ?? null },
    parent: family.parent ?? null,
    children: family.children,
    logs: job.logs,
    logCount: job.logCount,
  };
}

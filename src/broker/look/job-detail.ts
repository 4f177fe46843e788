import type { Broker } from "../broker.ts";
import { type Child, type Relative, readJobFamily } from "./job-family.ts";
import type { JobPlace } from "./locate-job.ts";
import { readJob } from "./read-job.ts";
import { type StoredJob, toStoredJob } from "./stored-job.ts";

/** One job, as `taskq job show` prints it and `client.job()` gives it. */
export interface JobDetail extends StoredJob {
  /** The job that waits for this one. */
  readonly parent: Relative | null;
  /** The jobs that this one waits for, or has waited for. */
  readonly children: readonly Child[];
}

/** The job of a place with all that is kept of it; undefined where it is gone. */
export async function readJobDetail(
  broker: Broker,
  { queue, key }: JobPlace,
  redact: readonly string[],
): Promise<JobDetail | undefined> {
  const [record, { parent = null, children }] = await Promise.all([
    readJob(broker, queue, key),
    readJobFamily(broker, queue, key),
  ]);
  if (!record) return undefined;
  const { logs, logCount, ...job } = toStoredJob(record, redact);
  return { ...job, parent, children, logs, logCount };
}

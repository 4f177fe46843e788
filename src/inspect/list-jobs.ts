import type { Broker } from "../broker/broker.ts";
import type { JobRow, UnreadableJob } from "../broker/look/job-rows.ts";
import { type JobSummary, toSummary } from "../broker/look/job-summary.ts";
import { readJob } from "../broker/look/read-job.ts";
import { TaskqError } from "../errors.ts";
import { createJobCounter, type JobCount } from "./count-jobs.ts";
import { type JobFilter, type ScanOptions, scanJobs } from "./scan-jobs.ts";

export interface ListOptions extends Pick<ScanOptions, "nowMs" | "onProgress" | "signal"> {
  /** How many are read. */
  readonly limit: number;
  /** How many of the newest are passed over. Default 0. */
  readonly offset?: number;
  /** Keys of args, progress and results that are hidden. */
  readonly redact: readonly string[];
}

/** A page of the jobs that are meant. */
export interface JobList {
  /** The newest first: by when they ended, or were enqueued where they have not. */
  readonly jobs: readonly JobSummary[];
  readonly offset: number;
  /** Of all that are meant, not of this page alone. */
  readonly total: number;
  readonly counts: readonly JobCount[];
  /** Records that nobody can read: they are in no count. */
  readonly unreadable: readonly UnreadableJob[];
}

const readAtOnce = 100;

/** Lists the jobs that are meant, across queues and states. Every one is counted, and those of the page are read. */
export async function listJobs(
  broker: Broker,
  filter: JobFilter,
  { limit, offset = 0, redact, ...scan }: ListOptions,
): Promise<JobList> {
  const counter = createJobCounter();
  const page = createPage(offset + limit);
  const unreadable: UnreadableJob[] = [];
  await scanJobs(broker, filter, {
    ...scan,
    onRow(row) {
      counter.add(row);
      page.add(row);
    },
    onUnreadable: (job) => void unreadable.push(job),
  });

  const read = async ({ queue, key, id, state }: JobRow) => {
    try {
      return await readJob(broker, queue, key, false); // undefined: it was removed meanwhile
    } catch (error) {
      if (!(error instanceof TaskqError) || error.code !== "JOB_UNREADABLE") throw error;
      unreadable.push({
        queue,
        key,
        id,
        state,
        reason: error.message.replace(/^.* is broken/, "its record is broken"),
      });
      return undefined;
    }
  };
  const rows = page.rows().slice(offset);
  const jobs: JobSummary[] = [];
  for (let at = 0; at < rows.length && !scan.signal?.aborted; at += readAtOnce) {
    for (const job of await Promise.all(rows.slice(at, at + readAtOnce).map(read))) {
      if (job) jobs.push(toSummary(job, redact));
    }
  }
  return {
    jobs,
    offset,
    total: counter.total(),
    counts: counter.counts(),
    unreadable,
  };
}

/** Keeps the newest of any number of rows. */
function createPage(size: number) {
  let rows: JobRow[] = [];
  const order = (a: JobRow, b: JobRow) => b.atMs - a.atMs || (a.key < b.key ? -1 : 1);
  const newest = () => rows.sort(order).slice(0, size);
  return {
    add(row: JobRow) {
      rows.push(row);
      if (rows.length >= 4 * size + 1_000) rows = newest();
    },
    rows: newest,
  };
}

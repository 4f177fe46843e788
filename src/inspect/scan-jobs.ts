import type { Broker } from "../broker/broker.ts";
import { type JobRow, readJobRows, type UnreadableJob } from "../broker/look/job-rows.ts";
import type { JobState } from "../broker/look/job-state.ts";
import { matchesAny } from "../definition/matches.ts";
import { findQueues } from "./find-queues.ts";

/** Which jobs are meant. */
export interface JobFilter {
  readonly states: readonly JobState[];
  /** Globs; none: every queue that taskq has used. */
  readonly queues: readonly string[];
  /** Globs of job names; none: all. */
  readonly jobs: readonly string[];
  /** Since they ended, or since they were enqueued where they have not. */
  readonly olderThanMs?: number | undefined;
  readonly newerThanMs?: number | undefined;
  /** A text that the error holds, whatever its case. */
  readonly error?: string | undefined;
}

export interface ScanOptions {
  readonly nowMs: number;
  /** Of each job that is meant. */
  readonly onRow: (row: JobRow) => void;
  readonly onUnreadable: (job: UnreadableJob) => void;
  /** Whether the rows of failed jobs tell which were cancelled. Default false. */
  readonly tellCancelled?: boolean;
  /** After each batch, how many have been looked at so far. */
  readonly onProgress?: (seen: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Looks at every job that may be meant, in batches: nothing of it is kept here. */
export async function scanJobs(broker: Broker, filter: JobFilter, options: ScanOptions): Promise<void> {
  const { onRow, onUnreadable, onProgress, signal, tellCancelled } = options;
  const isMeant = createTest(filter, options.nowMs);
  let seen = 0;
  for (const queue of await findQueues(broker, filter.queues)) {
    const given = new Set<string>(); // a job may go on from state to state meanwhile
    for (const state of filter.states) {
      const read = readJobRows(broker, queue, state, { errorText: filter.error, tellCancelled, given });
      for await (const { rows, unreadable } of read) {
        if (signal?.aborted) return;
        for (const row of rows) if (isMeant(row)) onRow(row);
        for (const job of unreadable) onUnreadable(job);
        seen += rows.length + unreadable.length;
        onProgress?.(seen);
      }
    }
  }
}

function createTest({ jobs, olderThanMs, newerThanMs }: JobFilter, nowMs: number): (row: JobRow) => boolean {
  const names = new Map<string, boolean>();
  const isNamed = (job: string) => {
    const known = names.get(job) ?? matchesAny(job, jobs);
    names.set(job, known);
    return known;
  };
  return ({ job, atMs, hasError }) =>
    hasError &&
    (jobs.length === 0 || isNamed(job)) &&
    (olderThanMs === undefined || nowMs - atMs >= olderThanMs) &&
    (newerThanMs === undefined || nowMs - atMs < newerThanMs);
}

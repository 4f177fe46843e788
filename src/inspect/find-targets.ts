import type { Broker } from "../broker/broker.ts";
import type { JobRow, UnreadableJob } from "../broker/look/job-rows.ts";
import { locateJob } from "../broker/look/locate-job.ts";
import { locateUnreadable } from "../broker/look/locate-unreadable.ts";
import { readStanding } from "../broker/look/read-standing.ts";
import { TaskqError } from "../errors.ts";
import type { Target } from "./act-on-jobs.ts";
import type { JobVerb } from "./act-tally.ts";
import { createJobCounter, type JobCount } from "./count-jobs.ts";
import { type JobFilter, type ScanOptions, scanJobs } from "./scan-jobs.ts";

export interface FoundTargets {
  readonly targets: readonly Target[];
  /** Why an id could not be found; the others are. */
  readonly error: unknown;
}

const atOnce = 100;

/** Where the jobs of some ids are, each once. What is to be removed need not be readable. */
export async function findTargets(
  broker: Broker,
  ids: readonly string[],
  queue: string | undefined,
  verb?: JobVerb,
): Promise<FoundTargets> {
  const unique = [...new Set(ids)];
  const targets: Target[] = [];
  let failed: { readonly reason: unknown } | undefined;
  for (let at = 0; at < unique.length; at += atOnce) {
    const some = unique.slice(at, at + atOnce);
    const settled = await Promise.allSettled(some.map((id) => findTarget(broker, id, queue, verb)));
    for (const one of settled) {
      if (one.status === "fulfilled") targets.push(one.value);
      else failed ??= one;
    }
  }
  return { targets, error: failed?.reason };
}

async function findTarget(broker: Broker, id: string, queue: string | undefined, verb: JobVerb | undefined) {
  const place = await locateJob(broker, id, queue).catch(async (error: unknown) => {
    const isGone = verb === "remove" && error instanceof TaskqError && error.code === "JOB_NOT_FOUND";
    const found = isGone ? await locateUnreadable(broker, id, queue) : undefined;
    if (!found) throw error;
    return found;
  });
  return { ...place, id, ...(await readStanding(broker, place)) };
}

export interface MatchedTargets {
  /** The oldest first: so they come to their turn in the order in which they came. */
  readonly targets: readonly Target[];
  readonly counts: readonly JobCount[];
  /** Those that are none of the targets. */
  readonly unreadable: readonly UnreadableJob[];
  /** How many cancelled ones are none of the targets; undefined where they are not told apart. */
  readonly cancelledLeft: number | undefined;
}

export interface MatchOptions extends Pick<ScanOptions, "nowMs" | "onProgress" | "signal"> {
  /** At most so many, the oldest of all. Default: all. */
  readonly limit?: number | undefined;
  /** Also those that cannot be read, where the filter asks nothing that only their records would tell. */
  readonly withUnreadable?: boolean;
  /** Not the failed ones that somebody cancelled: they are counted. Default false. */
  readonly leaveCancelled?: boolean;
}

/** The jobs that are meant. */
export async function matchTargets(
  broker: Broker,
  filter: JobFilter,
  { limit, withUnreadable = false, leaveCancelled = false, ...scan }: MatchOptions,
): Promise<MatchedTargets> {
  const rows: JobRow[] = [];
  const unreadable: UnreadableJob[] = [];
  let cancelled = 0;
  await scanJobs(broker, filter, {
    ...scan,
    tellCancelled: leaveCancelled,
    onRow(row) {
      if (row.isCancelled)
        cancelled++; // told only where they are left
      else rows.push(row);
    },
    onUnreadable: (job) => void unreadable.push(job),
  });
  // Of those of one moment the newest came first.
  const oldest = rows
    .reverse()
    .sort((a, b) => a.atMs - b.atMs)
    .slice(0, limit);
  const isMeant = withUnreadable && limit === undefined && isOfLists(filter);
  const vague = isMeant ? unreadable.map((job): Target => ({ ...job, job: "" })) : [];
  const targets = [...oldest, ...vague].sort((a, b) => order(a.queue, b.queue) || order(a.state, b.state)); // their order stays
  const counter = createJobCounter();
  for (const target of targets) counter.add(target);
  return {
    targets,
    counts: counter.counts(),
    unreadable: isMeant ? [] : unreadable,
    cancelledLeft: leaveCancelled ? cancelled : undefined,
  };
}

/** Whether the lists alone say which jobs are meant. */
function isOfLists({ jobs, olderThanMs, newerThanMs, error }: JobFilter): boolean {
  return jobs.length === 0 && [olderThanMs, newerThanMs, error].every((asked) => asked === undefined);
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { queueOf } from "../queues.ts";
import type { JobState } from "./job-state.ts";
import { type JobRecord, readJob } from "./read-job.ts";

const newestFirst: readonly JobState[] = ["completed", "failed"];
const idsAtOnce = 5_000;
const jobsAtOnce = 100;

/**
 * The jobs of one state, the next to run first, the latest to end first; a caller that wants only `most` of them stops by itself. Which
 * they are is read before the first is given: so whoever ends or removes what it is given still gets all. One that has left
 * the state by its turn is passed over, and so is a record that cannot be read.
 */
export async function* listJobs(
  broker: Broker,
  name: string,
  state: JobState,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<JobRecord> {
  const isWhole = most > idsAtOnce;
  const given = new Set<string>();
  for (let from = 0; ; from += most) {
    const ids = isWhole ? await readAllIds(broker, name, state) : await readIds(broker, name, state, from, most);
    const fresh = ids.filter((id) => !given.has(id) && !isMarker(id));
    for (let at = 0; at < fresh.length; at += jobsAtOnce) {
      const page = fresh.slice(at, at + jobsAtOnce);
      const jobs = await Promise.all(page.map((id) => readIfWhole(broker, name, id)));
      for (const job of jobs) if (job?.state === state) yield job;
    }
    if (isWhole || ids.length === 0) return;
    for (const id of ids) given.add(id);
  }
}

/** From the end where jobs come, not where they leave: else those that leave meanwhile would move others past the reader. */
async function readAllIds(broker: Broker, name: string, state: JobState): Promise<string[]> {
  const found = new Set<string>();
  for (let from = 0; ; from += idsAtOnce) {
    const ids = await readIds(broker, name, state, from, idsAtOnce, false);
    if (ids.length === 0) break;
    for (const id of ids) found.add(id);
  }
  return newestFirst.includes(state) ? [...found] : [...found].reverse();
}

async function readIds(
  broker: Broker,
  name: string,
  state: JobState,
  from: number,
  count: number,
  isAscending = !newestFirst.includes(state),
): Promise<string[]> {
  const queue = await queueOf(broker, name);
  return told(broker, () => queue.getRanges([state], from, from + count - 1, isAscending));
}

// Left by older versions of BullMQ among the waiting jobs.
const isMarker = (id: string) => id.startsWith("0:");

async function readIfWhole(broker: Broker, queue: string, id: string): Promise<JobRecord | undefined> {
  try {
    return await readJob(broker, queue, id);
  } catch (error) {
    if (broker[redisOf].status !== "ready") throw error;
    return undefined;
  }
}

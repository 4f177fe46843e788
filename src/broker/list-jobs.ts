import { type Broker, redisOf } from "./broker.ts";
import { told } from "./broker-error.ts";
import { queueOf } from "./queues.ts";
import { readJob, type StoredJob } from "./read-job.ts";

/** BullMQ's names of what a queue can list. */
export type JobState = "waiting" | "prioritized" | "delayed" | "active" | "completed" | "failed" | "waiting-children";

export const jobStates: readonly JobState[] = [
  "active",
  "waiting",
  "prioritized",
  "delayed",
  "waiting-children",
  "failed",
  "completed",
];

const newestFirst: readonly JobState[] = ["completed", "failed"];
const pageSize = 100;

/**
 * The jobs of one state, page by page: the next to run first, the latest to end first. The list moves while it is read: a job
 * is given once, and one that leaves the state meanwhile may be missed. Records that cannot be read are passed over.
 */
export async function* listJobs(broker: Broker, name: string, state: JobState): AsyncGenerator<StoredJob> {
  const queue = await queueOf(broker, name);
  const given = new Set<string>();

  for (let from = 0; ; from += pageSize) {
    const isAscending = !newestFirst.includes(state);
    const ids = await told(broker, () => queue.getRanges([state], from, from + pageSize - 1, isAscending));
    if (ids.length === 0) return;
    const fresh = ids.filter((id) => !given.has(id) && !isMarker(id));
    for (const id of fresh) given.add(id);
    const jobs = await Promise.all(fresh.map((id) => readIfWhole(broker, name, id)));
    for (const job of jobs) if (job) yield job;
  }
}

// Left by older versions of BullMQ among the waiting jobs.
const isMarker = (id: string) => id.startsWith("0:");

async function readIfWhole(broker: Broker, queue: string, id: string): Promise<StoredJob | undefined> {
  try {
    return await readJob(broker, queue, id);
  } catch (error) {
    if (broker[redisOf].status !== "ready") throw error;
    return undefined;
  }
}

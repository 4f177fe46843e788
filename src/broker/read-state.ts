import type { Broker } from "./broker.ts";
import { told } from "./broker-error.ts";
import type { JobState } from "./list-jobs.ts";
import type { JobPlace } from "./locate-job.ts";
import { queueOf } from "./queues.ts";

/** In which of BullMQ's states a job is; `unknown`: it is in none. */
export async function readState(broker: Broker, { queue: name, key }: JobPlace): Promise<JobState | "unknown"> {
  const queue = await queueOf(broker, name);
  return (await told(broker, () => queue.getJobState(key))) as JobState | "unknown";
}

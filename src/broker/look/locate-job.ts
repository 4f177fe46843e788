import { TaskqError } from "../../errors.ts";
import type { Broker } from "../broker.ts";
import { isQueue, readQueueNames } from "../store/queue-names.ts";
import { findJob } from "./read-job.ts";

export interface JobPlace {
  readonly queue: string;
  /** The job's id in the broker. */
  readonly key: string;
}

/** Where the job of an id is. Throws JOB_NOT_FOUND, or USAGE where two queues hold the id. */
export async function locateJob(broker: Broker, id: string, queue: string | undefined): Promise<JobPlace> {
  const queues = queue === undefined ? await readQueueNames(broker) : [queue];
  const places = await findJob(broker, id, queues);
  if (places.length > 1) {
    throw new TaskqError("USAGE", `the id "${id}" stands in ${places.map(({ queue }) => queue).join(" and ")}`, {
      hint: "Say which with `--queue <name>`.",
    });
  }
  return places[0] ?? jobIsGone(id, queues, queue === undefined ? undefined : await whyNotThere(broker, id, queue));
}

/** Says that no job has an id. */
export function jobIsGone(
  id: string,
  queues: readonly string[],
  hint = "It may have been removed: finished jobs are kept for a limited time.",
): never {
  throw new TaskqError("JOB_NOT_FOUND", `no job has the id "${id}" in ${queues.join(", ") || "any queue"}`, { hint });
}

/** The queue may be the wrong one, or none at all. */
async function whyNotThere(broker: Broker, id: string, queue: string): Promise<string | undefined> {
  const known = await readQueueNames(broker);
  const [place] = await findJob(broker, id, known);
  if (place) return `Look in ${place.queue}: a job of this id is there.`;
  if (known.includes(queue) || (await isQueue(broker, queue))) return undefined;
  return `No queue has this name: the queues in the broker are ${known.join(", ") || "none"}.`;
}

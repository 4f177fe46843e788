import type { Broker } from "../broker/broker.ts";
import type { Added, NewJob } from "../broker/enqueue.ts";
import { readHolder } from "../broker/enqueue-holder.ts";
import type { Receipt } from "./enqueue.ts";

/** Says what became of a job; of one that was not created, by a look at the job in its place. */
export async function toReceipt(broker: Broker, job: NewJob, added: Added): Promise<Receipt> {
  const { job: name, queue } = job;
  const replaced = job.replace && { replaced: added.created ? added.replaced : null };
  if (added.created) {
    const state = firstState(job);
    const runAt = new Date(Date.now() + job.delayMs).toISOString();
    return { created: true, reason: null, id: job.id, job: name, queue, state, runAt, ...replaced };
  }
  const { reason, id } = added;
  const { state, runAtMs } = await readHolder(broker, queue, id);
  return { created: false, reason, id, job: name, queue, state, runAt: new Date(runAtMs).toISOString(), ...replaced };
}

/** The state that BullMQ gives a new job. */
export function firstState({ delayMs, priority }: NewJob): "delayed" | "prioritized" | "waiting" {
  return delayMs > 0 ? "delayed" : priority > 0 ? "prioritized" : "waiting";
}

import type { Broker } from "../broker/broker.ts";
import type { Added } from "../broker/enqueue/enqueue.ts";
import { readHolder } from "../broker/enqueue/holder.ts";
import { type NewJob, waitOf } from "../broker/enqueue/new-job.ts";
import type { Receipt } from "../definition/enqueue.ts";

/** Says what became of the jobs of one call; of those that were not created, by a look at the jobs in their place. */
export async function toReceipts(
  broker: Broker,
  jobs: readonly NewJob[],
  added: readonly Added[],
): Promise<readonly Receipt[]> {
  const [first] = jobs;
  if (!first) return [];
  const state = firstState(first);
  const runAt = runAtOf(first);

  const toReceipt = ({ id, job, queue, replace }: NewJob, index: number): Receipt | Promise<Receipt> => {
    const answer = added[index]!;
    const replaced = replace && { replaced: answer.created ? answer.replaced : null };
    if (answer.created) return { created: true, reason: null, id, job, queue, state, runAt, ...replaced };
    return readHolder(broker, queue, answer.id).then((holder) => ({
      ...{ created: false, reason: answer.reason, id: answer.id, job, queue, state: holder.state },
      ...{ runAt: new Date(holder.runAtMs).toISOString(), ...replaced },
    }));
  };
  const receipts = jobs.map(toReceipt);
  return added.every(({ created }) => created) ? (receipts as Receipt[]) : Promise.all(receipts);
}

/** The state that BullMQ gives a new job. */
export function firstState(job: NewJob): "delayed" | "prioritized" | "waiting" {
  return waitOf(job, Date.now()) > 0 ? "delayed" : job.priority > 0 ? "prioritized" : "waiting";
}

/** When a job that is written now may run. */
export function runAtOf(job: Pick<NewJob, "delayMs" | "atMs">): string {
  const nowMs = Date.now();
  return new Date(nowMs + waitOf(job, nowMs)).toISOString();
}

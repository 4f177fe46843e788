import type { Broker } from "../broker/broker.ts";
import { allQueues, type QueueCounts, readQueueCounts } from "../broker/queue-counts.ts";
import { isQueue, readQueueNames } from "../broker/store/queue-names.ts";
import { matchesAny } from "../definition/matches.ts";
import { nearest } from "../definition/nearest.ts";
import { TaskqError } from "../errors.ts";

/** One queue's row of `taskq stats`. */
export type QueueStats = QueueCounts;

/**
 * Counts the queues that a client or a worker of ours has used: all, or those that fit the patterns.
 * A queue of other producers is counted when it is called by its name. Throws QUEUE_NOT_FOUND for a name that none has.
 */
export async function readQueueStats(broker: Broker, patterns: readonly string[]): Promise<QueueStats[]> {
  if (patterns.length === 0) return readQueueCounts(broker, allQueues);
  return readQueueCounts(broker, await findQueues(broker, await readQueueNames(broker), patterns));
}

async function findQueues(broker: Broker, known: readonly string[], patterns: readonly string[]): Promise<string[]> {
  const unknown = patterns.filter((pattern) => !/[*?]/.test(pattern) && !known.includes(pattern));
  for (const name of unknown) if (!(await isQueue(broker, name))) throw notFound(name, known);
  return [...known.filter((queue) => matchesAny(queue, patterns)), ...unknown].sort();
}

function notFound(name: string, known: readonly string[]): TaskqError {
  const meant = nearest(name, known);
  return new TaskqError("QUEUE_NOT_FOUND", `no queue is named "${name}"`, {
    hint: meant ? `Did you mean ${meant}?` : `The queues in the broker are ${known.join(", ") || "none"}.`,
  });
}

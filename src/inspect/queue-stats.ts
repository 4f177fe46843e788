import type { Broker } from "../broker/broker.ts";
import { type QueueCounts, readQueueCounts } from "../broker/queue-counts.ts";
import { findQueues } from "./find-queues.ts";

/** One queue's row of `taskq stats`. */
export type QueueStats = QueueCounts;

/**
 * Counts the queues that a client or a worker of ours has used: all, or those that fit the patterns.
 * A queue of other producers is counted when it is called by its name. Throws QUEUE_NOT_FOUND for a name that none has.
 */
export async function readQueueStats(broker: Broker, patterns: readonly string[]): Promise<QueueStats[]> {
  return readQueueCounts(broker, await findQueues(broker, patterns));
}

import type { Broker } from "../broker/broker.ts";
import { type QueueCounts, readQueueCounts } from "../broker/queue-counts.ts";
import { readQueueNames } from "../broker/store/queue-names.ts";

/** One queue's row of `taskq stats`. */
export type QueueStats = QueueCounts;

/** Counts every queue that a client or a worker of ours has used and that `isWanted`. */
export async function readQueueStats(broker: Broker, isWanted: (queue: string) => boolean): Promise<QueueStats[]> {
  return readQueueCounts(broker, (await readQueueNames(broker)).filter(isWanted));
}

import type { Broker } from "../broker/broker.ts";
import { type QueueCounts, readQueueCounts } from "../broker/queue-counts.ts";
import { readQueueNames } from "../broker/store/queue-names.ts";

/** One queue's row of `taskq stats`. */
export type QueueStats = QueueCounts;

/** Counts every known queue that `isWanted`: those of the store, and those that `also` names. */
export async function readQueueStats(
  broker: Broker,
  also: readonly string[],
  isWanted: (queue: string) => boolean,
): Promise<QueueStats[]> {
  const names = new Set([...also, ...(await readQueueNames(broker))]);
  return readQueueCounts(broker, [...names].filter(isWanted).sort());
}

import type { Broker } from "../broker/broker.ts";
import { allQueues, type QueueCounts, readQueueCounts } from "../broker/queue-counts.ts";
import { type Overrides, readOverrides } from "../broker/store/read-overrides.ts";
import { findQueues } from "./find-queues.ts";

/** One queue's row of `taskq stats`. */
export interface QueueStats extends QueueCounts {
  /** The limits that an operator has set over the config; null where there is none. */
  readonly override: Overrides | null;
}

/**
 * Counts the queues that a client or a worker of ours has used: all, or those that fit the patterns.
 * A queue of other producers is counted when it is called by its name. Throws QUEUE_NOT_FOUND for a name that none has.
 */
export async function readQueueStats(broker: Broker, patterns: readonly string[]): Promise<QueueStats[]> {
  const queues = patterns.length === 0 ? allQueues : await findQueues(broker, patterns);
  // Sent together: one round trip.
  const [counts, overrideOf] = await Promise.all([readQueueCounts(broker, queues), readOverrides(broker)]);
  return counts.map((each) => ({ ...each, override: overrideOf(each.queue) }));
}

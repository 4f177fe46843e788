import type { Broker } from "../broker/broker.ts";
import { type QueueCounts, readQueueCounts } from "../broker/queue-counts.ts";
import type { Rate } from "../broker/store/limits.ts";
import { type QueueSettings, readQueueSettings } from "../broker/store/queue-settings.ts";
import { findQueues } from "./find-queues.ts";

/** One queue's row of `taskq stats`. */
export interface QueueStats extends QueueCounts {
  /** The limits that an operator has set over the config; null where there is none. */
  readonly override: { readonly concurrency: number | null; readonly rate: Rate | null } | null;
}

/**
 * Counts the queues that a client or a worker of ours has used: all, or those that fit the patterns.
 * A queue of other producers is counted when it is called by its name. Throws QUEUE_NOT_FOUND for a name that none has.
 */
export async function readQueueStats(broker: Broker, patterns: readonly string[]): Promise<QueueStats[]> {
  const queues = await findQueues(broker, patterns);
  // Sent together: one round trip.
  const [counts, settings] = await Promise.all([readQueueCounts(broker, queues), readQueueSettings(broker, queues)]);
  return counts.map((each, index) => ({ ...each, override: toOverride(settings[index]!) }));
}

function toOverride({ concurrency, rate }: QueueSettings): QueueStats["override"] {
  const isSet = { concurrency: concurrency?.from === "operator", rate: rate?.from === "operator" };
  if (!isSet.concurrency && !isSet.rate) return null;
  return {
    concurrency: isSet.concurrency ? concurrency!.limit : null,
    rate: isSet.rate ? rate!.limit : null,
  };
}

import type { Broker } from "../broker/broker.ts";
import { allQueues, type QueueCounts, readQueueCounts } from "../broker/look/queue-counts.ts";
import type { Rate } from "../broker/store/limits.ts";
import { type QueueSettings, readQueueSettings, type SetLimit } from "../broker/store/queue-settings.ts";
import { readOverridden } from "../broker/store/read-overridden.ts";
import { findQueues } from "./find-queues.ts";

/** The limits of a queue that an operator has set over the config, as far as they hold; null where there is none. */
export interface Overrides {
  readonly concurrency: number | null;
  readonly rate: Rate | null;
}

/** One queue's row of `taskq stats`. */
export interface QueueStats extends QueueCounts {
  /** null where no limit is an operator's. */
  readonly override: Overrides | null;
}

/**
 * Counts the queues that a client or a worker of ours has used: all, or those that fit the patterns.
 * A queue of other producers is counted when it is called by its name. Throws QUEUE_NOT_FOUND for a name that none has.
 */
export async function readQueueStats(broker: Broker, patterns: readonly string[]): Promise<QueueStats[]> {
  const queues = patterns.length === 0 ? allQueues : await findQueues(broker, patterns);
  // Sent together: one round trip, and a second one only where an operator has set something.
  const [counts, isOverridden] = await Promise.all([readQueueCounts(broker, queues), readOverridden(broker)]);
  const overridden = counts.map(({ queue }) => queue).filter(isOverridden);
  const settings = overridden.length > 0 ? await readQueueSettings(broker, overridden) : [];
  const overrides = new Map(settings.map((each) => [each.queue, toOverrides(each)]));
  return counts.map((each) => ({ ...each, override: overrides.get(each.queue) ?? null }));
}

function toOverrides(settings: QueueSettings): Overrides | null {
  const [concurrency, rate] = [byOperator(settings.concurrency), byOperator(settings.rate)];
  return concurrency === null && rate === null ? null : { concurrency, rate };
}

const byOperator = <Limit>(set: SetLimit<Limit> | undefined): Limit | null =>
  set?.from === "operator" ? set.limit : null;

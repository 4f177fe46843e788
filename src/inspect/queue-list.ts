import type { Broker } from "../broker/broker.ts";
import { readQueueCounts } from "../broker/look/queue-counts.ts";
import { toIso } from "../broker/look/to-iso.ts";
import type { Rate } from "../broker/store/limits.ts";
import { type QueueSettings, readQueueSettings, type SetLimit } from "../broker/store/queue-settings.ts";
import { findQueues } from "./find-queues.ts";

/** Who set a limit: the config, an operator with taskq, or somebody past taskq. */
export type LimitSource = SetLimit<unknown>["from"];

interface SetBy {
  readonly from: LimitSource;
  /** Of an operator. */
  readonly by: string | null;
  readonly at: string | null;
}

/** What is set for one queue, as `taskq queue list` prints it. Times are ISO 8601 in UTC. */
export interface QueueRow {
  readonly queue: string;
  /** `by` is null where it was paused past taskq. */
  readonly paused: { readonly by: string | null; readonly at: string | null; readonly reason: string | null } | null;
  readonly workers: number;
  /** Waiting, prioritized and delayed. */
  readonly unstarted: number;
  readonly active: number;
  /** The most jobs at once in all processes together. */
  readonly concurrency: (SetBy & { readonly max: number }) | null;
  /** The most jobs that all processes together start in a time. */
  readonly rate: (SetBy & Rate) | null;
}

/** What is set for each queue: all that taskq has used, or those that fit the patterns. */
export async function listQueues(broker: Broker, patterns: readonly string[]): Promise<QueueRow[]> {
  const queues = await findQueues(broker, patterns);
  const [settings, counts] = await Promise.all([readQueueSettings(broker, queues), readQueueCounts(broker, queues)]);
  return settings.map((each, index) => {
    const { workers, waiting, prioritized, delayed, active } = counts[index]!;
    return { ...toRow(each), workers, unstarted: waiting + prioritized + delayed, active };
  });
}

function toRow({ queue, isPaused, pause, concurrency, rate }: QueueSettings) {
  return {
    queue,
    paused: isPaused ? { by: pause?.by ?? null, at: toIso(pause?.atMs), reason: pause?.reason ?? null } : null,
    concurrency: concurrency ? { max: concurrency.limit, ...toSetBy(concurrency) } : null,
    rate: rate ? { ...rate.limit, ...toSetBy(rate) } : null,
  };
}

const toSetBy = ({ from, operator }: SetLimit<unknown>): SetBy => ({
  from,
  by: operator?.by ?? null,
  at: toIso(operator?.atMs),
});

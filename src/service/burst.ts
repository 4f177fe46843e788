import { setTimeout as wait } from "node:timers/promises";
import type { Broker } from "../broker/broker.ts";
import { readQueueCounts } from "../broker/queue-counts.ts";
import type { RunnerEvent } from "../runner/events.ts";

/** Knows when a burst is over, and whether all went well. */
export interface Burst {
  readonly count: (event: RunnerEvent) => void;
  /** Resolves when nothing waits or runs, and no retry of a job that ran here is due within a minute. */
  readonly over: (signal: AbortSignal) => Promise<void>;
  /** Whether a job ended failed, or a retry of one is left for later. */
  readonly failed: () => boolean;
}

const lookEveryMs = 200;
const soonMs = 60_000;

export function createBurst(broker: Broker, queues: readonly string[]): Burst {
  /** When each job that failed here will be tried again. */
  const retries = new Map<string, number>();
  /** When each job that gave itself back will run again. */
  const later = new Map<string, number>();
  let failures = 0;

  async function isIdle(): Promise<boolean> {
    const counts = await readQueueCounts(broker, queues);
    const busy = counts.some(
      ({ waiting, prioritized, active, paused }) => active > 0 || (!paused && waiting + prioritized > 0),
    );
    return !busy && ![...retries.values(), ...later.values()].some((dueMs) => dueMs - Date.now() < soonMs);
  }

  return {
    count(event) {
      if (event.type === "active") {
        retries.delete(event.id);
        later.delete(event.id);
      }
      if (event.type === "rescheduled") later.set(event.id, Date.now() + event.delayMs);
      if (event.type !== "failed") return;
      if (event.final) failures++;
      else retries.set(event.id, Date.now() + event.retryInMs);
    },
    async over(signal) {
      while (!signal.aborted && !(await isIdle().catch(() => false))) await wait(lookEveryMs);
    },
    failed: () => failures > 0 || retries.size > 0,
  };
}

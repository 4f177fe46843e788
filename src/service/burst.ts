import { setTimeout as wait } from "node:timers/promises";
import type { Broker } from "../broker/broker.ts";
import { readQueueCounts } from "../broker/look/queue-counts.ts";
import type { RunnerEvent } from "../runner/events.ts";

/** Knows when a burst is over, and whether all went well. */
export interface Burst {
  readonly count: (event: RunnerEvent) => void;
  /** Resolves when nothing waits or runs, and no retry of a job that ran here is due within a minute. */
  readonly over: (signal: AbortSignal) => Promise<void>;
  /** Whether a job ended failed, or a retry of one is left for later. */
  readonly failed: () => boolean;
}

interface Due {
  readonly queue: string;
  readonly atMs: number;
}

const lookEveryMs = 200;
const soonMs = 60_000;
/** A job that was due so long ago, while nothing waits or runs, was run, cancelled or removed by another process. */
const overMs = 5_000;

export function createBurst(broker: Broker, queues: readonly string[]): Burst {
  /** When each job that failed here will be tried again. */
  const retries = new Map<string, Due>();
  /** When each job that gave itself back will run again. */
  const later = new Map<string, Due>();
  let failures = 0;

  async function isIdle(): Promise<boolean> {
    const counts = await readQueueCounts(broker, queues);
    const busy = counts.some(
      ({ waiting, prioritized, active, paused }) => active > 0 || (!paused && waiting + prioritized > 0),
    );
    if (busy) return false;
    const paused = counts.filter((each) => each.paused).map(({ queue }) => queue);
    for (const due of [retries, later]) forget(due, paused);
    return ![...retries.values(), ...later.values()].some(isSoon);
  }

  return {
    count(event) {
      if (event.type === "active") {
        retries.delete(keyOf(event));
        later.delete(keyOf(event));
      }
      if (event.type === "rescheduled") later.set(keyOf(event), dueIn(event.queue, event.delayMs));
      if (event.type !== "failed") return;
      if (event.final) failures++;
      else retries.set(keyOf(event), dueIn(event.queue, event.retryInMs));
    },
    async over(signal) {
      while (!signal.aborted && !(await isIdle().catch(() => false))) await wait(lookEveryMs);
    },
    failed: () => failures > 0 || retries.size > 0,
  };
}

const keyOf = ({ queue, id }: { readonly queue: string; readonly id: string }) => `${queue} ${id}`;

const dueIn = (queue: string, ms: number): Due => ({ queue, atMs: Date.now() + ms });
const isOver = ({ atMs }: Due) => Date.now() - atMs > overMs;
const isSoon = (due: Due) => due.atMs - Date.now() < soonMs && !isOver(due);

/** In a queue that is paused a job that is due is still there. */
function forget(due: Map<string, Due>, paused: readonly string[]): void {
  for (const [key, each] of due) if (isOver(each) && !paused.includes(each.queue)) due.delete(key);
}

import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Rig } from "./rig.ts";

export interface Producer {
  /** How many the broker has acknowledged so far. */
  readonly count: () => number;
  /** Stops, and returns the ids of all that were acknowledged. */
  readonly end: () => Promise<string[]>;
}

/** Enqueues a job every few milliseconds, each again under its own id until it is acknowledged. */
export function produce(
  { client }: Rig,
  { job = "work.nap", args = { ms: 300 }, everyMs = 5, producers: count = 3 } = {},
): Producer {
  const acknowledged: string[] = [];
  const enough = new AbortController();

  async function enqueueUntilTaken(id: string): Promise<void> {
    for (;;) {
      try {
        await client.enqueue(job, args, { id });
        return void acknowledged.push(id);
      } catch {
        await wait(100);
      }
    }
  }

  async function run(): Promise<void> {
    while (!enough.signal.aborted) {
      await enqueueUntilTaken(randomUUID());
      await wait(everyMs);
    }
  }

  const producers = Array.from({ length: count }, run);
  return {
    count: () => acknowledged.length,
    async end() {
      enough.abort();
      await Promise.all(producers);
      return acknowledged;
    },
  };
}

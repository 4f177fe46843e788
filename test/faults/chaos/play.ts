import { setTimeout as wait } from "node:timers/promises";
import type { BrokenRedis } from "./broken-redis.ts";
import type { Fault } from "./plan.ts";
import type { Slot } from "./slot.ts";

export interface PlayOptions {
  readonly slots: readonly Slot[];
  readonly redis: BrokenRedis;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Breaks what the plan says when it says so, and resolves when all of it is whole again. */
export async function playFaults(faults: readonly Fault[], options: PlayOptions): Promise<void> {
  const { say, signal } = options;
  const startMs = performance.now();
  const playing: Promise<void>[] = [];
  try {
    for (const fault of faults) {
      await wait(Math.max(0, fault.atMs - (performance.now() - startMs)), undefined, { signal });
      const { kind, worker, lastsMs } = fault;
      const slot = worker === undefined ? undefined : options.slots[worker];
      const what = worker === undefined ? kind : `${kind}: worker ${worker + 1}`;
      if (slot?.isUp() === false) {
        say(`${what}: left out, it is not up`); // a start without Redis ends, and is tried again
        continue;
      }
      say(`${what}, ${lastsMs} ms`);
      const played = play(fault, slot, options.redis);
      played.catch(() => {}); // told at the end
      playing.push(played);
    }
    await Promise.all(playing);
    await Promise.all(options.slots.map((slot) => slot.waitUntilUp()));
  } finally {
    await Promise.allSettled(playing);
  }
}

async function play({ kind, lastsMs }: Fault, slot: Slot | undefined, redis: BrokenRedis): Promise<void> {
  switch (kind) {
    case "kill a worker":
      return slot!.kill(lastsMs);
    case "close a worker":
      return slot!.close(lastsMs);
    case "stop a worker":
    case "stop a worker beyond its lock":
      return slot!.stop(lastsMs);
    case "kill Redis":
      return redis.kill(lastsMs);
    case "freeze Redis":
      return redis.freeze(lastsMs);
  }
}

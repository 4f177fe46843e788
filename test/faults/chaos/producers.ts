import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "../../../src/client/client.ts";
import { createRandom, type Random } from "./random.ts";

export interface Producers {
  readonly acknowledged: readonly string[];
  /** Takes up no new job, and resolves when the last has been acknowledged. */
  readonly end: () => Promise<void>;
}

const count = 3;

/** Enqueue a mix of jobs, each again under its own id until it is acknowledged: then it must not be lost. */
export function startProducers(client: Client, seed: number, signal: AbortSignal): Producers {
  const acknowledged: string[] = [];
  let isEnough = false;

  async function produce(number: number): Promise<void> {
    const random = createRandom(seed + number * 1_000);
    for (let job = 0; !isEnough; job++) {
      const id = `p${number}-${job}`;
      await enqueueUntilTaken(client, id, random, signal);
      acknowledged.push(id);
      await wait(random.between(80, 220), undefined, { signal });
    }
  }
  const produced = Promise.all(Array.from({ length: count }, (_, number) => produce(number)));
  produced.catch(() => {}); // told by `end`

  return {
    acknowledged,
    async end() {
      isEnough = true;
      await produced;
    },
  };
}

async function enqueueUntilTaken(client: Client, id: string, random: Random, signal: AbortSignal): Promise<void> {
  const kind = random.pick({ nap: 60, fails: 25, delayed: 15 });
  const ms = random.whole(0, 3_000);
  const [job, args, options] = {
    nap: ["work.nap", { ms }, {}] as const,
    fails: ["work.failTimes", { times: random.whole(1, 3), ms: ms / 2 }, { attempts: 3 }] as const,
    delayed: ["work.nap", { ms }, { delay: random.whole(500, 5_000) }] as const,
  }[kind];

  for (;;) {
    try {
      return void (await client.enqueue(job, args, { ...options, id }));
    } catch (error) {
      if (!String((error as { code?: unknown }).code).startsWith("BROKER_")) throw error;
      await wait(100, undefined, { signal });
    }
  }
}

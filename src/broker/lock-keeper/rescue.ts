import { setTimeout as wait } from "node:timers/promises";
import type { Redis } from "ioredis";
import { createRedis } from "../redis.ts";
import { storeKeys } from "../store/keys.ts";
import { aliveMs } from "../store/runners.ts";
import type { ThreadData, ThreadMessage } from "./messages.ts";
import { readRunning } from "./running.ts";
import { warn } from "./warn.ts";

export interface Rescue {
  /** Called again and again while the loop is blocked. */
  readonly during: (silentMs: number) => Promise<void>;
  /** What there was to tell, once the loop turns again. */
  readonly over: () => Promise<ThreadMessage | undefined>;
}

/** The main thread beats every two seconds: as long as it is away, so does this. */
const beatEveryMs = 2_000;
/** Then the block is said, whether the broker has told what runs or not. */
const saidAfterMs = 4_000;

// Only for a runner that nobody has given up yet.
const beat = `
local time = redis.call('TIME')
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return redis.call('ZADD', KEYS[1], 'XX', 'CH', time[1] * 1000 + math.floor(time[2] / 1000), ARGV[1])`;

/** What is done for a blocked main thread. A connection of its own, open only meanwhile. */
export function createRescue({ url, prefix, runner, queues, capMs }: ThreadData): Rescue {
  const keys = storeKeys(prefix);
  let redis: Redis | undefined;
  let jobs: ThreadMessage["jobs"] | undefined;
  let longestMs = 0;
  let beatAtMs = 0;
  let isPastCap = false;
  let isSaid = false;
  let helping: Promise<void> | undefined;

  async function help(silentMs: number): Promise<void> {
    redis ??= await createRedis(url, "reconnecting");
    if (redis.status === "wait") await redis.connect();
    if (Date.now() - beatAtMs >= beatEveryMs) {
      await redis.eval(beat, 2, keys.runners, keys.runner(runner), runner, aliveMs);
      beatAtMs = Date.now();
    }
    if (jobs) return;
    jobs = await readRunning(redis, { prefix, queues, runner });
    say(silentMs, capMs);
  }

  function say(silentMs: number, keptMs: number): void {
    isSaid = true;
    warn(silentMs, jobs, keptMs);
  }

  return {
    async during(silentMs) {
      longestMs = silentMs;
      if (silentMs < capMs) {
        helping ??= help(silentMs)
          .catch(() => {}) // tried again in half a second
          .finally(() => {
            helping = undefined;
          });
        if (isSaid) return helping;
        const leftMs = Math.max(saidAfterMs - silentMs, 0);
        await Promise.race([helping, wait(leftMs)]);
        // A broker that does not answer is waited for no longer than that.
        if (!isSaid && leftMs === 0) say(silentMs, capMs);
      } else if (!isPastCap) {
        isPastCap = true;
        say(silentMs, 0);
      }
    },
    async over() {
      if (longestMs === 0) return undefined;
      redis?.disconnect();
      await helping;
      redis?.disconnect();
      const told: ThreadMessage = { blockedMs: longestMs, jobs: jobs ?? [] };
      redis = jobs = undefined;
      longestMs = beatAtMs = 0;
      isPastCap = isSaid = false;
      return told;
    },
  };
}

import { randomUUID } from "node:crypto";
import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";

const unlock = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** Runs `work` while no other process holds the key; waits for it as long as its holder may live. */
export async function underLock<Result>(broker: Broker, key: string, work: () => Promise<Result>): Promise<Result> {
  const redis = broker[redisOf];
  const owner = randomUUID();
  while ((await told(broker, () => redis.set(key, owner, "PX", 30_000, "NX"))) === null) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  try {
    return await work();
  } finally {
    await redis.eval(unlock, 1, key, owner).catch(() => {}); // it expires
  }
}

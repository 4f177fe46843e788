import { randomUUID } from "node:crypto";
import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";

const renew = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;
const unlock = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** Runs `work` while no other process holds the key; waits for it as long as its holder lives, and `lifeMs` longer. */
export async function underLock<Result>(
  broker: Broker,
  key: string,
  work: () => Promise<Result>,
  lifeMs = 30_000,
): Promise<Result> {
  const redis = broker[redisOf];
  const owner = randomUUID();
  while ((await told(broker, () => redis.set(key, owner, "PX", lifeMs, "NX"))) === null) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const renewing = setInterval(() => void redis.eval(renew, 1, key, owner, lifeMs).catch(() => {}), lifeMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewing);
    await redis.eval(unlock, 1, key, owner).catch(() => {}); // it expires
  }
}

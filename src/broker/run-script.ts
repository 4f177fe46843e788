import { createHash } from "node:crypto";
import { type Broker, redisOf } from "./broker.ts";

const hashes = new Map<string, string>();

/** Runs a script by its hash, so that its text is sent only where the broker does not know it yet: for those run often. */
export async function runScript(
  broker: Broker,
  script: string,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  const redis = broker[redisOf];
  const hash = hashes.get(script) ?? createHash("sha1").update(script).digest("hex");
  hashes.set(script, hash);
  try {
    return await redis.evalsha(hash, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
    return redis.eval(script, keys.length, ...keys, ...args);
  }
}

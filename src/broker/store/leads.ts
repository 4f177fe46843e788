import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";

/** By queue: the release of an app whose schedules the broker holds. */
export async function readLeads(broker: Broker, app: string): Promise<ReadonlyMap<string, string>> {
  const leads = await told(broker, () => broker[redisOf].hgetall(storeKeys(broker.prefix).leads(app)));
  return new Map(Object.entries(leads));
}

export async function writeLeads(
  broker: Broker,
  app: string,
  queues: readonly string[],
  release: string,
): Promise<void> {
  if (queues.length === 0) return;
  const fields = queues.flatMap((queue) => [queue, release]);
  await told(broker, () => broker[redisOf].hset(storeKeys(broker.prefix).leads(app), ...fields));
}

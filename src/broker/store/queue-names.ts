import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";

const known = new WeakMap<Broker, Map<string, number>>();
const againMs = 60_000;

/** Notes that a queue exists, so that `stats` needs no scan of the whole keyspace. Once a minute: it may be forgotten meanwhile. */
export async function rememberQueue(broker: Broker, queue: string): Promise<void> {
  const names = known.get(broker) ?? new Map<string, number>();
  known.set(broker, names);
  if (Date.now() < (names.get(queue) ?? 0) + againMs) return;
  await told(broker, () => broker[redisOf].sadd(storeKeys(broker.prefix).queues, queue));
  names.set(queue, Date.now());
}

/** Every queue that a client or a runner of ours has used, sorted. */
export async function readQueueNames(broker: Broker): Promise<string[]> {
  return (await told(broker, () => broker[redisOf].smembers(storeKeys(broker.prefix).queues))).sort();
}

/** Whether BullMQ keeps a queue of this name, whoever made it. */
export async function isQueue(broker: Broker, queue: string): Promise<boolean> {
  return (await told(broker, () => broker[redisOf].exists(`${broker.prefix}:${queue}:meta`))) === 1;
}

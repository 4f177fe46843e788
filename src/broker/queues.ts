import type { Queue } from "bullmq";
import { type Broker, redisOf } from "./broker.ts";

const opened = new WeakMap<Broker, Map<string, Promise<Queue>>>();

/** BullMQ's Queue of a name, one a broker. */
export function queueOf(broker: Broker, name: string): Promise<Queue> {
  let queues = opened.get(broker);
  if (!queues) opened.set(broker, (queues = new Map()));
  let queue = queues.get(name);
  if (!queue) queues.set(name, (queue = open(broker, name)));
  return queue;
}

async function open(broker: Broker, name: string): Promise<Queue> {
  const { Queue } = await import("bullmq");
  const queue = new Queue(name, {
    connection: broker[redisOf],
    prefix: broker.prefix,
    // `add` would wait for ever for a connection that never gets ready.
    skipWaitingForReady: broker.kind !== "endless",
    skipVersionCheck: true,
  });
  queue.on("error", () => {}); // told by the connection
  return queue;
}

import type { Queue } from "bullmq";
import { type Broker, redisOf } from "./broker.ts";
import { repeatStrategy } from "./repeat-strategy.ts";

const opened = new WeakMap<Broker, Map<string, Promise<Queue>>>();

/** BullMQ's Queue of a name, one a broker. */
export function queueOf(broker: Broker, name: string): Promise<Queue> {
  const queues = opened.get(broker) ?? new Map<string, Promise<Queue>>();
  opened.set(broker, queues);
  const queue = queues.get(name) ?? open(broker, name);
  queues.set(name, queue);
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
    settings: { repeatStrategy },
  });
  queue.on("error", () => {}); // told by the connection
  return queue;
}

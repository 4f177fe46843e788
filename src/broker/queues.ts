import type { Queue, Telemetry } from "bullmq";
import { type Broker, redisOf, telemetryOf } from "./broker.ts";
import { repeatStrategy } from "./repeat-strategy.ts";

const opened = new WeakMap<Broker, Map<string, Promise<Queue>>>();

/** BullMQ's Queue of a name, one a broker. `traced`: what is added through it is told to OpenTelemetry, where that is wanted. */
export function queueOf(broker: Broker, name: string, traced = false): Promise<Queue> {
  const telemetry = traced ? telemetryOf(broker)?.ofQueues : undefined;
  const queues = opened.get(broker) ?? new Map<string, Promise<Queue>>();
  opened.set(broker, queues);
  const key = telemetry ? `traced:${name}` : name; // no queue has a colon in its name
  const queue = queues.get(key) ?? open(broker, name, telemetry);
  queues.set(key, queue);
  return queue;
}

async function open(broker: Broker, name: string, telemetry: Telemetry | undefined): Promise<Queue> {
  const { Queue } = await import("bullmq");
  const queue = new Queue(name, {
    connection: broker[redisOf],
    prefix: broker.prefix,
    // `add` would wait for ever for a connection that never gets ready.
    skipWaitingForReady: broker.kind !== "endless",
    skipVersionCheck: true,
    settings: { repeatStrategy },
    ...(telemetry && { telemetry }),
  });
  queue.on("error", () => {}); // told by the connection
  return queue;
}

import { type Broker, openBroker } from "../broker/broker.ts";
import { checkServer } from "../broker/server.ts";
import { refuseForeignQueues } from "../broker/worker/foreign-queues.ts";
import type { ServiceOptions } from "./parts.ts";

/** Connects, and refuses a broker or a queue on which jobs would be lost. */
export async function knock(options: ServiceOptions): Promise<Broker> {
  const { config, catalog, queues, shareQueues: shared, onEvent } = options;
  const { broker: url, prefix, root, telemetry } = config;
  const broker = await openBroker({ url, prefix, root, telemetry, kind: "endless" });
  try {
    await checkServer(broker, options);
    await refuseForeignQueues(broker, {
      queues,
      shared,
      isKnown: (job) => catalog.findJob(job) !== undefined,
      onWarning: (message) => onEvent({ type: "warning", message }),
    });
    return broker;
  } catch (error) {
    await broker.close();
    throw error;
  }
}

import { type Broker, redisOf } from "./broker.ts";

/** Resolves when the broker answers: on an endless connection as late as that may be. */
export async function pingBroker(broker: Broker): Promise<void> {
  await broker[redisOf].ping();
}

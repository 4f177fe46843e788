import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";
import { limitField } from "./limits.ts";

/** For which queues an operator has set a limit, whether it holds still or not: of all queues in one answer. */
export async function readOverridden(broker: Broker): Promise<(queue: string) => boolean> {
  const fields = await told(broker, () => broker[redisOf].hkeys(storeKeys(broker.prefix).overrides));
  const known = new Set(fields.map(String));
  return (queue) => known.has(limitField("concurrency", queue)) || known.has(limitField("rate", queue));
}

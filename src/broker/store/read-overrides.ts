import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";
import { fromLimitText, limitField, type Rate } from "./limits.ts";

/** The limits of a queue that an operator has set over the config; null where there is none. */
export interface Overrides {
  readonly concurrency: number | null;
  readonly rate: Rate | null;
}

/** What operators have set, of all queues in one answer: for each queue, or null. */
export async function readOverrides(broker: Broker): Promise<(queue: string) => Overrides | null> {
  const fields = await told(broker, () => broker[redisOf].hgetall(storeKeys(broker.prefix).overrides));

  return (queue) => {
    const concurrency = limitOf(fields[limitField("concurrency", queue)]) as number | null;
    const rate = limitOf(fields[limitField("rate", queue)]) as Rate | null;
    return concurrency === null && rate === null ? null : { concurrency, rate };
  };
}

function limitOf(record: string | undefined): number | Rate | null {
  if (record === undefined) return null;
  try {
    return fromLimitText((JSON.parse(record) as { value: string }).value);
  } catch {
    return null; // written by hand, or by a version to come
  }
}

import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { scheduleKeys } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";

/**
 * Up to when a schedule that the broker does not hold is accounted for, where nobody meant it to go: the record of one that was
 * removed has a time to live.
 */
export async function readCutOff(broker: Broker, place: SchedulePlace): Promise<number | undefined> {
  const [record] = scheduleKeys(broker.prefix, place);
  const redis = broker[redisOf];
  const [lifeMs, upTo] = await told(broker, () => Promise.all([redis.pttl(record), redis.hget(record, "upTo")]));
  return lifeMs === -1 && upTo !== null ? Number(upTo) : undefined;
}

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
  const [lifeMs, fields] = await told(broker, () =>
    Promise.all([redis.pttl(record), redis.hmget(record, "upTo", "planFrom")]),
  );
  const fromMs = fields[0] ?? fields[1];
  return lifeMs === -1 && fromMs ? Number(fromMs) : undefined;
}

import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { scheduleKeys } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";

// The last four keys are the old ones. What stands in the new place is of a time when the schedule was there before. What runs
// wait stays behind, as they do. Without `upTo` it is no record, but what a worker has left there since.
const move = `
if redis.call('HEXISTS', KEYS[5], 'upTo') == 0 then return end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
local fields = redis.call('HGETALL', KEYS[5])
for i = 1, #fields, 2 do redis.call('HSET', KEYS[1], fields[i], fields[i + 1]) end
for _, entry in ipairs(redis.call('LRANGE', KEYS[6], 0, -1)) do redis.call('RPUSH', KEYS[2], entry) end
local ticks = redis.call('ZRANGE', KEYS[7], 0, -1, 'WITHSCORES')
for i = 1, #ticks, 2 do redis.call('ZADD', KEYS[3], ticks[i + 1], ticks[i]) end
redis.call('DEL', KEYS[5], KEYS[6], KEYS[7])`;

/** What is known of a schedule goes with it to another queue. */
export async function moveRecord(broker: Broker, place: SchedulePlace, from: string): Promise<void> {
  const keys = [...scheduleKeys(broker.prefix, place), ...scheduleKeys(broker.prefix, { ...place, queue: from })];
  await told(broker, () => broker[redisOf].eval(move, 8, ...keys));
}

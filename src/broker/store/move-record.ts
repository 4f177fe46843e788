import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { scheduleKeys } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";

// The last four keys are the old ones. What stands in the new place is of a time when the schedule was there before. What runs
// wait stays behind, as they do. Where no plan has begun it is no record, but what a worker has left there since.
// The next tick's own job goes, unless a worker had it: then it is that one's to run, and the tick is told of as begun.
const move = `
local prefix, queue, name = ARGV[1], ARGV[2], ARGV[3]
if redis.call('HEXISTS', KEYS[5], 'upTo') + redis.call('HEXISTS', KEYS[5], 'planFrom') > 0 then
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
  local fields = redis.call('HGETALL', KEYS[5])
  for i = 1, #fields, 2 do redis.call('HSET', KEYS[1], fields[i], fields[i + 1]) end
  for _, entry in ipairs(redis.call('LRANGE', KEYS[6], 0, -1)) do redis.call('RPUSH', KEYS[2], entry) end
  local ticks = redis.call('ZRANGE', KEYS[7], 0, -1, 'WITHSCORES')
  for i = 1, #ticks, 2 do redis.call('ZADD', KEYS[3], ticks[i + 1], ticks[i]) end
  redis.call('DEL', KEYS[5], KEYS[6], KEYS[7])
end

local jobs = prefix .. ':' .. queue .. ':'
local function takeOut(id)
  if redis.call('HEXISTS', jobs .. id, 'processedOn') == 1 then return false end
  local taken = redis.call('ZREM', jobs .. 'delayed', id) + redis.call('ZREM', jobs .. 'prioritized', id)
    + redis.call('LREM', jobs .. 'wait', 1, id) + redis.call('LREM', jobs .. 'paused', 1, id)
  if taken > 0 then redis.call('DEL', jobs .. id, jobs .. id .. ':logs') end
  return taken > 0
end
-- A worker may have gone on since that time was read.
for _, tick in ipairs({ redis.call('ZSCORE', jobs .. 'repeat', name) or ARGV[4], ARGV[4] }) do
  local id = 'repeat:' .. name .. ':' .. tick
  if tick ~= '' and redis.call('EXISTS', jobs .. id) == 1 and not takeOut(id) and #redis.call('ZRANGEBYSCORE', KEYS[3], tick, tick) == 0 then
    redis.call('ZADD', KEYS[3], tick, 'begun ' .. queue .. ':' .. id)
  end
end`;

/** What is known of a schedule goes with it to another queue, and so does its next run. */
export async function moveRecord(
  broker: Broker,
  place: SchedulePlace,
  { queue: from, nextMs }: { readonly queue: string; readonly nextMs: number | undefined },
): Promise<void> {
  const keys = [...scheduleKeys(broker.prefix, place), ...scheduleKeys(broker.prefix, { ...place, queue: from })];
  await told(broker, () => broker[redisOf].eval(move, 8, ...keys, broker.prefix, from, place.name, nextMs ?? ""));
}

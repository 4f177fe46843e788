import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { scheduleKeys } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-record.ts";

/** How long the record of a schedule that is gone is kept. */
const keptMs = 30 * 86_400_000;

/** What became of a schedule in the broker: written, to run next at this tick, or removed. */
export interface RecordChange extends SchedulePlace {
  readonly nextMs: number | undefined;
  /** The queue that it was in before. */
  readonly from: string | undefined;
}

const write = `
redis.call('HSET', KEYS[1], 'upTo', ARGV[1])
for _, key in ipairs(KEYS) do redis.call('PERSIST', key) end`;

const remove = `for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[1]) end`;

// What is known of a schedule goes with it to another queue. The last four keys are its old ones.
const move = `
if redis.call('EXISTS', KEYS[1]) == 0 then
  local fields = redis.call('HGETALL', KEYS[5])
  for i = 1, #fields, 2 do redis.call('HSET', KEYS[1], fields[i], fields[i + 1]) end
  for _, entry in ipairs(redis.call('LRANGE', KEYS[6], 0, -1)) do redis.call('RPUSH', KEYS[2], entry) end
  local ticks = redis.call('ZRANGE', KEYS[7], 0, -1, 'WITHSCORES')
  for i = 1, #ticks, 2 do redis.call('ZADD', KEYS[3], ticks[i + 1], ticks[i]) end
end`;

/** Brings the records in line with what was written to the broker; one round trip. */
export async function keepRecords(broker: Broker, changes: readonly RecordChange[]): Promise<void> {
  if (changes.length === 0) return;
  const pipeline = broker[redisOf].pipeline();
  for (const change of changes) {
    const keys = scheduleKeys(broker.prefix, change);
    if (change.from !== undefined) {
      pipeline.eval(move, 8, ...keys, ...scheduleKeys(broker.prefix, { ...change, queue: change.from }));
    }
    if (change.nextMs === undefined) pipeline.eval(remove, 4, ...keys, keptMs);
    else pipeline.eval(write, 4, ...keys, change.nextMs);
  }
  await told(broker, async () => {
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
  });
}

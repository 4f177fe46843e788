import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { scheduleKeys } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";

/** How long the record of a schedule that is gone is kept. */
const keptMs = 30 * 86_400_000;

// Where a run has begun since, the accounts have gone on.
const keep = `
redis.call('HSETNX', KEYS[1], 'upTo', ARGV[1])
for _, key in ipairs(KEYS) do redis.call('PERSIST', key) end`;

const expire = `for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[1]) end`;

/** Brings a schedule's record in line with the broker: where it runs next, or undefined where it goes. */
export async function keepRecord(broker: Broker, place: SchedulePlace, nextMs: number | undefined): Promise<void> {
  const keys = scheduleKeys(broker.prefix, place);
  const [script, said] = nextMs === undefined ? [expire, keptMs] : [keep, nextMs];
  await told(broker, () => broker[redisOf].eval(script, 4, ...keys, said));
}

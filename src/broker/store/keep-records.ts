import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { scheduleKeys } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";

/** How long the record of a schedule that is gone is kept. */
const keptMs = 30 * 86_400_000;

/** What became of a schedule in the broker: written, to run next at this tick, or removed. */
export interface RecordChange extends SchedulePlace {
  readonly nextMs: number | undefined;
  /** Its next run is what it was, and whoever begins it accounts for the ticks before. */
  readonly keepsRun: boolean;
}

const write = `
redis.call(ARGV[2] == '1' and 'HSETNX' or 'HSET', KEYS[1], 'upTo', ARGV[1])
for _, key in ipairs(KEYS) do redis.call('PERSIST', key) end`;

const remove = `for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[1]) end`;

/** Brings the records in line with what was written to the broker; one round trip. */
export async function keepRecords(broker: Broker, changes: readonly RecordChange[]): Promise<void> {
  if (changes.length === 0) return;
  const pipeline = broker[redisOf].pipeline();
  for (const change of changes) {
    const keys = scheduleKeys(broker.prefix, change);
    if (change.nextMs === undefined) pipeline.eval(remove, 4, ...keys, keptMs);
    else pipeline.eval(write, 4, ...keys, change.nextMs, change.keepsRun ? 1 : 0);
  }
  await told(broker, async () => {
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
  });
}

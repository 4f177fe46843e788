import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";
import type { Owner } from "./owners.ts";

/** What a live runner says of itself every `beatMs`. */
export interface RunnerRecord {
  readonly name: string;
  readonly host: string;
  readonly pid: number;
  readonly app: string;
  readonly release: string;
  readonly version: string;
  readonly queues: readonly { readonly queue: string; readonly concurrency: number }[];
  /** Whether it puts schedules into the broker; absent in records of older versions, which do. */
  readonly syncs?: boolean;
  readonly state: "starting" | "running" | "quiet" | "closing";
  readonly startedAtMs: number;
  readonly active: readonly {
    readonly id: string;
    readonly job: string;
    readonly sinceMs: number;
    readonly abandoned: boolean;
  }[];
  readonly memoryBytes: number;
}

/** How many jobs of a queue ended since the last beat. */
export interface Ended {
  readonly queue: string;
  readonly completed: number;
  readonly failed: number;
}

export const beatMs = 2_000;
/** A runner that has been silent for longer is gone. */
export const aliveMs = 10_000;

// The broker's own clock, so that hosts whose clocks differ agree on who is alive. Nothing here removes a silent runner:
// whoever takes back its jobs does.
const beat = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local minute = math.floor(time[1] / 60)
redis.call('SET', KEYS[1], ARGV[2], 'PX', ${aliveMs})
redis.call('ZADD', KEYS[2], now, ARGV[1])
redis.call('HSETNX', KEYS[3], ARGV[1], ARGV[3])
local queues = (#KEYS - 3) / 2
for i = 1, queues do
  local workers, rate = KEYS[2 + i * 2], KEYS[3 + i * 2]
  redis.call('ZADD', workers, now, ARGV[1])
  redis.call('ZREMRANGEBYSCORE', workers, '-inf', now - ${aliveMs})
  redis.call('PEXPIRE', workers, ${aliveMs})
  local completed, failed = tonumber(ARGV[2 + i * 2]), tonumber(ARGV[3 + i * 2])
  if completed + failed > 0 then
    for field, count in pairs({ [minute .. ':completed'] = completed, [minute .. ':failed'] = failed }) do
      redis.call('HINCRBY', rate, field, count)
    end
    redis.call('HDEL', rate, (minute - 2) .. ':completed', (minute - 2) .. ':failed', (minute - 3) .. ':completed', (minute - 3) .. ':failed')
    redis.call('EXPIRE', rate, 180)
  end
end`;

/** Tells the store that the runner is alive, what it runs, and what ended since the last time. */
export async function beatRunner(
  broker: Broker,
  id: string,
  record: RunnerRecord,
  owner: Owner,
  ended: readonly Ended[],
): Promise<void> {
  const keys = storeKeys(broker.prefix);
  const all = [
    keys.runner(id),
    keys.runners,
    keys.owners,
    ...ended.flatMap(({ queue }) => [keys.workers(queue), keys.rate(queue)]),
  ];
  const counts = ended.flatMap(({ completed, failed }) => [completed, failed]);
  await broker[redisOf].eval(beat, all.length, ...all, id, JSON.stringify(record), JSON.stringify(owner), ...counts);
}

/** Takes a runner out of the lists at once: it has ended in good order, or its jobs are taken back. */
export async function removeRunner(broker: Broker, id: string, queues: readonly string[]): Promise<void> {
  const keys = storeKeys(broker.prefix);
  const pipeline = broker[redisOf].pipeline().del(keys.runner(id)).zrem(keys.runners, id).hdel(keys.owners, id);
  for (const queue of queues) pipeline.zrem(keys.workers(queue), id);
  await pipeline.exec();
}

/** The live runners, the oldest first. */
export async function readRunners(broker: Broker): Promise<RunnerRecord[]> {
  const redis = broker[redisOf];
  const keys = storeKeys(broker.prefix);
  const ids: string[] = (await told(broker, () => redis.zrange(keys.runners, "0", "-1"))).map(String);
  if (ids.length === 0) return [];
  const records = await told(broker, () => redis.mget(...ids.map(keys.runner)));
  return records
    .filter((record) => record !== null)
    .map((record) => JSON.parse(record.toString()) as RunnerRecord)
    .sort((a, b) => a.startedAtMs - b.startedAtMs);
}

import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";
import type { Owner } from "./owners.ts";
import { releaseMs } from "./releases.ts";

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
    readonly queue: string;
    readonly sinceMs: number;
    readonly abandoned: boolean;
    /** What its handler last said of it; `null` where that is nothing, or too long. */
    readonly progress: unknown;
  }[];
  readonly memoryBytes: number;
  /** The whole time that it takes to close. */
  readonly shutdownTimeoutMs: number;
  /** The parent that starts another in its place; `null` outside a pool. */
  readonly poolPid: number | null;
}

/** A runner that lives, with its id in the broker. */
export interface LiveRunner extends RunnerRecord {
  readonly id: string;
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
local queues = (#KEYS - 4) / 2
for i = 1, queues do
  local workers, rate = KEYS[3 + i * 2], KEYS[4 + i * 2]
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
end
return redis.call('PEXPIRE', KEYS[4], ${releaseMs})`;

/**
 * Tells the store that the runner is alive, what it runs, and what ended since the last time.
 * Resolves to whether the store still knows what its release declares.
 */
export async function beatRunner(
  broker: Broker,
  id: string,
  record: RunnerRecord,
  owner: Owner,
  ended: readonly Ended[],
): Promise<boolean> {
  const keys = storeKeys(broker.prefix);
  const all = [
    keys.runner(id),
    keys.runners,
    keys.owners,
    keys.release(record.release),
    ...ended.flatMap(({ queue }) => [keys.workers(queue), keys.rate(queue)]),
  ];
  const counts = ended.flatMap(({ completed, failed }) => [completed, failed]);
  const said = [id, JSON.stringify(record), JSON.stringify(owner), ...counts];
  return (await broker[redisOf].eval(beat, all.length, ...all, ...said)) === 1;
}

/** Takes a runner out of the lists at once: it has ended in good order, or its jobs are taken back. */
export async function removeRunner(broker: Broker, id: string, queues: readonly string[]): Promise<void> {
  const keys = storeKeys(broker.prefix);
  const pipeline = broker[redisOf]
    .pipeline()
    .del(keys.runner(id), keys.order(id))
    .zrem(keys.runners, id)
    .hdel(keys.owners, id);
  for (const queue of queues) pipeline.zrem(keys.workers(queue), id);
  await pipeline.exec();
}

/** The live runners, the oldest first. */
export async function readRunners(broker: Broker): Promise<LiveRunner[]> {
  const redis = broker[redisOf];
  const keys = storeKeys(broker.prefix);
  const ids: string[] = (await told(broker, () => redis.zrange(keys.runners, "0", "-1"))).map(String);
  if (ids.length === 0) return [];
  const records = await told(broker, () => redis.mget(...ids.map(keys.runner)));
  return ids
    .flatMap((id, index) => {
      const record = records[index]?.toString();
      return record === undefined ? [] : [{ ...(JSON.parse(record) as RunnerRecord), id }];
    })
    .sort((a, b) => a.startedAtMs - b.startedAtMs);
}

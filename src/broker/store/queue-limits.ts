import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { unlimited } from "../limit-queue.ts";
import { storeKeys } from "./keys.ts";

export interface QueueLimits {
  readonly queue: string;
  /** Whose config it is: another app's limit is left alone. */
  readonly app: string;
  /** The most jobs at once in all processes together. */
  readonly globalConcurrency: number | undefined;
  /** Whether its workers keep a rate. */
  readonly hasRateLimit: boolean;
}

// The mark says that the limit in BullMQ's hash is a config's: only then does a config that is silent take it away.
// A limit that limits nothing (see limit-queue.ts) would hide the one that the workers keep.
const apply = `
local wanted, mine = ARGV[2], ARGV[3] .. ' ' .. ARGV[2]
local now, mark = redis.call('HGET', KEYS[1], 'concurrency'), redis.call('HGET', KEYS[2], ARGV[1])
if ARGV[4] == '1' and redis.call('HGET', KEYS[1], 'max') == ARGV[5] then redis.call('HDEL', KEYS[1], 'max', 'duration') end
if wanted ~= '' then
  if now ~= wanted then redis.call('HSET', KEYS[1], 'concurrency', wanted) end
  if mark ~= mine then redis.call('HSET', KEYS[2], ARGV[1], mine) end
elseif mark and string.sub(mark, 1, #ARGV[3] + 1) == ARGV[3] .. ' ' then
  if now == string.sub(mark, #ARGV[3] + 2) then redis.call('HDEL', KEYS[1], 'concurrency') end
  redis.call('HDEL', KEYS[2], ARGV[1])
end`;

/** Makes the broker's limits of a queue those of the config. What is right already is not written again. */
export async function applyQueueLimits(broker: Broker, { queue, app, globalConcurrency, hasRateLimit }: QueueLimits) {
  const { limits } = storeKeys(broker.prefix);
  const meta = `${broker.prefix}:${queue}:meta`;
  const wanted = globalConcurrency === undefined ? "" : String(globalConcurrency);
  const rate = hasRateLimit ? "1" : "0";
  await told(broker, () => broker[redisOf].eval(apply, 2, meta, limits, queue, wanted, app, rate, unlimited));
}

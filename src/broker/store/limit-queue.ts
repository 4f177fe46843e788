import type { QueueBase } from "bullmq";
import type { Redis } from "ioredis";

/** A number of jobs that no queue will ever start in a second: where BullMQ finds it as a limit, nothing is limited. */
export const unlimited = String(Number.MAX_SAFE_INTEGER);

// BullMQ looks whether a queue is limited only where it knows a limit. A queue without one gets one that limits nothing, so
// that this costs only those whose handlers ask for it. A limit that lasts longer stays.
const limit = `
if redis.call('HEXISTS', KEYS[2], 'max') == 0 then
  redis.call('HSET', KEYS[2], 'max', ARGV[2], 'duration', 1000)
end
local isLimited = tonumber(redis.call('GET', KEYS[1]) or '0') >= tonumber(ARGV[2])
if isLimited and redis.call('PTTL', KEYS[1]) >= tonumber(ARGV[1]) then return end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[1])`;

/** Lets no worker take a job of the queue for so long. */
export async function limitQueue(redis: Redis, queue: Pick<QueueBase, "toKey">, ms: number): Promise<void> {
  if (ms < 1) return;
  await redis.eval(limit, 2, queue.toKey("limiter"), queue.toKey("meta"), Math.ceil(ms), unlimited);
}

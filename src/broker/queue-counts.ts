import { type Broker, redisOf } from "./broker.ts";
import { brokerError, told } from "./broker-error.ts";
import { storeKeys } from "./store/keys.ts";
import { aliveMs } from "./store/runners.ts";

/** What one queue holds. */
export interface QueueCounts {
  readonly queue: string;
  readonly paused: boolean;
  readonly workers: number;
  readonly waiting: number;
  readonly prioritized: number;
  readonly delayed: number;
  readonly active: number;
  readonly failed: number;
  readonly completed: number;
  readonly waitingChildren: number;
  readonly oldestWaitingMs: number | null;
  readonly completedPerMinute: number;
  readonly failedPerMinute: number;
}

// Lua because of the dependent read: the age of the job at the head of the line. A BullMQ marker is no job.
const count = `
local q = KEYS[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local minute, part = math.floor(time[1] / 60), (time[1] % 60) / 60
local paused = redis.call('HEXISTS', q .. 'meta', 'paused')
local oldest = -1
for _, line in ipairs({ 'wait', 'paused' }) do
  local head = redis.call('LINDEX', q .. line, -1)
  local since = head and redis.call('HGET', q .. head, 'timestamp')
  if since then oldest = math.max(oldest, now - since) end
end
local function rate(kind)
  local counts = redis.call('HMGET', KEYS[3], (minute - 1) .. ':' .. kind, minute .. ':' .. kind)
  return math.floor((counts[1] or 0) * (1 - part) + (counts[2] or 0) + 0.5)
end
return { paused, redis.call('ZCOUNT', KEYS[2], now - ${aliveMs}, '+inf'),
  redis.call('LLEN', q .. 'wait') + redis.call('LLEN', q .. 'paused'), redis.call('ZCARD', q .. 'prioritized'),
  redis.call('ZCARD', q .. 'delayed'), redis.call('LLEN', q .. 'active'), redis.call('ZCARD', q .. 'failed'),
  redis.call('ZCARD', q .. 'completed'), redis.call('ZCARD', q .. 'waiting-children'), oldest, rate('completed'), rate('failed') }`;

/** Counts every queue in one pipelined round trip. */
export async function readQueueCounts(broker: Broker, queues: readonly string[]): Promise<QueueCounts[]> {
  const keys = storeKeys(broker.prefix);
  const pipeline = broker[redisOf].pipeline();
  for (const queue of queues) {
    pipeline.eval(count, 3, `${broker.prefix}:${queue}:`, keys.workers(queue), keys.rate(queue));
  }
  const replies = (await told(broker, () => pipeline.exec())) ?? [];
  return replies.map(([error, reply], index) => {
    if (error) throw brokerError(error, broker.address);
    return toCounts(queues[index]!, reply as number[]);
  });
}

function toCounts(queue: string, reply: readonly number[]): QueueCounts {
  const [paused, workers, waiting, prioritized, delayed, active, failed, completed, waitingChildren, oldest, ...rates] =
    reply as [number, number, number, number, number, number, number, number, number, number, number, number];
  return {
    queue,
    paused: paused === 1,
    workers,
    waiting,
    prioritized,
    delayed,
    active,
    failed,
    completed,
    waitingChildren,
    oldestWaitingMs: oldest < 0 ? null : oldest,
    completedPerMinute: rates[0],
    failedPerMinute: rates[1],
  };
}

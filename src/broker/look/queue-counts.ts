import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "../store/keys.ts";
import { aliveMs } from "../store/runners.ts";

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

/** For every queue that a client or a worker of ours has used. */
export const allQueues = Symbol("all queues");

// Lua because of the dependent reads: the names, and since when the job at the head of each line waits: since it was due, or since its
// last start. Every command takes the same time, however many jobs there are. A BullMQ marker is no job.
const count = `
local prefix, workers, rates = ARGV[1], ARGV[2], ARGV[3]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local minute, part = math.floor(time[1] / 60), (time[1] % 60) / 60
local function since(job)
  local record = redis.pcall('HMGET', job, 'timestamp', 'opts', 'processedOn') -- of an unreadable job: anything
  local timestamp, opts, started = tonumber(record[1]), record[2], tonumber(record[3])
  if not timestamp then return now + 1 end
  local isRead, said = pcall(cjson.decode, opts or '{}')
  local delay = isRead and type(said) == 'table' and tonumber(said.delay) or 0
  return math.min(now, math.max(timestamp + delay, started or 0))
end
local function rate(counts, kind)
  return math.floor((counts[kind] or 0) * (1 - part) + (counts[kind + 2] or 0) + 0.5)
end
local function count(name)
  local q = prefix .. ':' .. name .. ':'
  local wait, paused = redis.call('LLEN', q .. 'wait'), redis.call('LLEN', q .. 'paused')
  local oldest = -1
  for line, length in pairs({ wait = wait, paused = paused }) do
    local head = length > 0 and redis.call('LINDEX', q .. line, -1)
    if head then oldest = math.max(oldest, now - since(q .. head)) end
  end
  local counts = redis.call('HMGET', rates .. name, (minute - 1) .. ':completed', (minute - 1) .. ':failed',
    minute .. ':completed', minute .. ':failed')
  return { name, redis.call('HEXISTS', q .. 'meta', 'paused'),
    redis.call('ZCOUNT', workers .. name, now - ${aliveMs}, '+inf'), wait + paused,
    redis.call('ZCARD', q .. 'prioritized'), redis.call('ZCARD', q .. 'delayed'), redis.call('LLEN', q .. 'active'),
    redis.call('ZCARD', q .. 'failed'), redis.call('ZCARD', q .. 'completed'), redis.call('ZCARD', q .. 'waiting-children'),
    oldest, rate(counts, 1), rate(counts, 2) }
end
local rows = {}
for i = 4, #ARGV do rows[#rows + 1] = count(ARGV[i]) end
if #ARGV == 3 then
  for i, name in ipairs(redis.call('SMEMBERS', KEYS[1])) do rows[i] = count(name) end
end
return rows`;

/** Counts these queues in one round trip, or all, in the order of their names. */
export async function readQueueCounts(
  broker: Broker,
  queues: readonly string[] | typeof allQueues,
): Promise<QueueCounts[]> {
  const names = queues === allQueues ? [] : queues;
  if (queues !== allQueues && names.length === 0) return [];
  const keys = storeKeys(broker.prefix);
  const said = [broker.prefix, keys.workers(""), keys.rate(""), ...names];
  const rows = await told(broker, () => broker[redisOf].eval(count, 1, keys.queues, ...said));
  return (rows as [string, ...number[]][])
    .map(toCounts)
    .sort((a, b) => (queues === allQueues ? (a.queue < b.queue ? -1 : 1) : 0));
}

function toCounts([queue, ...numbers]: readonly [string, ...number[]]): QueueCounts {
  const [paused, workers, waiting, prioritized, delayed, active, failed, completed, waitingChildren, oldest, ...rates] =
    numbers as [number, number, number, number, number, number, number, number, number, number, number, number];
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

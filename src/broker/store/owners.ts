import type { Redis } from "ioredis";
import { type Broker, redisOf } from "../broker.ts";
import { storeKeys } from "./keys.ts";

/** What others need to know of a runner to take back its jobs when it is dead. */
export interface Owner {
  readonly queues: readonly string[];
  /** Where it runs, where the system tells. */
  readonly residence: Residence | null;
}

/** One process of one boot of one kernel: no other will ever have the same. */
export interface Residence {
  readonly bootId: string;
  readonly pidNamespace: string;
  readonly pid: number;
  /** When the process started, in the kernel's ticks: a pid is used again. */
  readonly startTicks: string;
}

/** A runner that has not been heard of for a while. */
export interface SilentRunner {
  readonly id: string;
  /** When it was last heard of, as the broker keeps it. */
  readonly beat: string;
  readonly silentMs: number;
  readonly owner: Owner;
}

/** A job that is active under a runner's lock. */
export interface OwnedJob {
  readonly queue: string;
  /** The job's id in the broker. */
  readonly id: string;
  /** The value of its lock. */
  readonly token: string;
}

// A lock's value begins with the id of the runner that holds it (see createWorker).
const owned = `
local function owned(found, prefix, queue, runner)
  local keys = prefix .. ':' .. queue .. ':'
  for _, id in ipairs(redis.call('LRANGE', keys .. 'active', 0, -1)) do
    local token = redis.call('GET', keys .. id .. ':lock')
    if token and string.sub(token, 1, #runner + 1) == runner .. ':' then
      found[#found + 1] = queue
      found[#found + 1] = id
      found[#found + 1] = token
    end
  end
  return found
end`;

const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

const silent = `${now}
local found = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])) do
  local owner, beat = redis.call('HGET', KEYS[2], id), redis.call('ZSCORE', KEYS[1], id)
  if owner then
    found[#found + 1] = { id, beat, tostring(now - beat), owner }
  else
    redis.call('ZREM', KEYS[1], id)
  end
end
return found`;

// Only one may claim a silent runner, and nobody one that has beaten since. The claim is a beat, so that another takes over
// if the claimer dies in the middle.
const claim = `${owned}${now}
if redis.call('ZSCORE', KEYS[1], ARGV[1]) ~= ARGV[2] then return false end
redis.call('ZADD', KEYS[1], now, ARGV[1])
local found = {}
for i = 4, #ARGV do owned(found, ARGV[3], ARGV[i], ARGV[1]) end
return found`;

/** The runners that have been silent for at least so long. */
export async function readSilentRunners(broker: Broker, silentMs: number): Promise<SilentRunner[]> {
  const { runners, owners } = storeKeys(broker.prefix);
  const found = (await broker[redisOf].eval(silent, 2, runners, owners, silentMs)) as [
    string,
    string,
    string,
    string,
  ][];
  return found.map(([id, beat, forMs, owner]) => ({ id, beat, silentMs: Number(forMs), owner: JSON.parse(owner) }));
}

/** The beat of a runner that has ended and left jobs behind. */
export const leftBehind = "0";

// A job that was handed over just before the end, and whose reply was lost, is still the runner's. Then its entry stays, as that of
// one that has been silent for ever: others take the job back at once.
const leave = `${owned}
local found = {}
for i = 3, #ARGV do owned(found, ARGV[2], ARGV[i], ARGV[1]) end
if #found == 0 then return 1 end
redis.call('ZADD', KEYS[1], ${leftBehind}, ARGV[1])
return 0`;

/** Whether nothing is left that a runner holds, so that it may be forgotten; else others are asked to take it back. */
export async function mayLeave(broker: Broker, id: string, queues: readonly string[]): Promise<boolean> {
  const { runners } = storeKeys(broker.prefix);
  return (await broker[redisOf].eval(leave, 1, runners, id, broker.prefix, ...queues)) === 1;
}

/** Takes it upon this process to give back the jobs of a silent runner; undefined where it has been heard of since. */
export async function claimJobs(broker: Broker, { id, beat, owner }: SilentRunner): Promise<OwnedJob[] | undefined> {
  const { runners } = storeKeys(broker.prefix);
  const found = await broker[redisOf].eval(claim, 1, runners, id, beat, broker.prefix, ...owner.queues);
  return found === null ? undefined : toJobs(found as string[]);
}

/** The jobs of a queue that are active under the locks of a runner. */
export async function readOwnedJobs(redis: Redis, prefix: string, queue: string, runner: string): Promise<OwnedJob[]> {
  const script = `${owned}\nreturn owned({}, ARGV[1], ARGV[2], ARGV[3])`;
  return toJobs((await redis.eval(script, 0, prefix, queue, runner)) as string[]);
}

function toJobs(flat: readonly string[]): OwnedJob[] {
  return Array.from({ length: flat.length / 3 }, (_none, index) => {
    const [queue, id, token] = flat.slice(index * 3) as [string, string, string];
    return { queue, id, token };
  });
}

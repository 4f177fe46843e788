import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import type { JobState } from "../look/job-state.ts";
import { queueOf } from "../queues.ts";
import { type ActOutcome, isNextRun, nextRunReason } from "./act-outcome.ts";

// BullMQ's own removal searches a job through every list, its `drain` takes the wrong jobs out of a line that holds a schedule's next
// run. Here each is looked for where it was seen, from the end that is run first. A job of a flow is left to BullMQ, which tells its parent.
const remove = `${isNextRun}
local q, state, found = KEYS[1], ARGV[1], {}
local most = redis.call('HGET', q .. 'meta', 'opts.maxLenEvents') or 10000
local function take(id)
  if state == 'waiting' then
    return redis.call('LREM', q .. 'wait', -1, id) + redis.call('LREM', q .. 'paused', -1, id)
  end
  return redis.call('ZREM', q .. state, id)
end
local function stands(id)
  if state == 'waiting' then
    return redis.call('LPOS', q .. 'wait', id, 'RANK', -1) or redis.call('LPOS', q .. 'paused', id, 'RANK', -1)
  end
  return redis.call('ZSCORE', q .. state, id)
end
for i = 2, #ARGV do
  local id = ARGV[i]
  local job = q .. id
  local kind = redis.call('TYPE', job).ok
  local isHash = kind == 'hash'
  if isHash and isNextRun(q, id) then found[i - 1] = 'scheduled'
  elseif isHash and (redis.call('HEXISTS', job, 'parentKey') == 1 or redis.call('EXISTS', job .. ':dependencies', job .. ':processed') > 0) then
    found[i - 1] = stands(id) and 'flow' or 'gone'
  elseif redis.call('EXISTS', job .. ':lock') == 1 then found[i - 1] = 'active'
  elseif take(id) == 0 then found[i - 1] = 'gone'
  else
    local unique = isHash and redis.call('HGET', job, 'deid')
    if unique and redis.call('GET', q .. 'de:' .. unique) == id then
      redis.call('DEL', q .. 'de:' .. unique, q .. 'dn:' .. unique)
    end
    if isHash or kind == 'none' then redis.call('DEL', job) end
    redis.call('DEL', job .. ':logs', job .. ':dependencies', job .. ':processed', job .. ':failed', job .. ':unsuccessful')
    redis.call('XADD', q .. 'events', 'MAXLEN', '~', most, '*', 'event', 'removed', 'jobId', id, 'prev', state)
    found[i - 1] = 'done'
  end
end
return found`;

/** Removes jobs of one state from a queue, in one step. One that has left the state is left alone. */
export async function removeJobs(
  broker: Broker,
  queue: string,
  state: JobState | "unknown",
  keys: readonly string[],
): Promise<ActOutcome[]> {
  if (state === "active") return keys.map(() => ({ kind: "refused", reason: isActive }));
  if (state === "unknown") return Promise.all(keys.map((key) => removeAnywhere(broker, queue, key)));
  const base = `${broker.prefix}:${queue}:`;
  const found = (await told(broker, () => broker[redisOf].eval(remove, 1, base, state, ...keys))) as string[];
  return Promise.all(found.map((word, index) => toOutcome(word) ?? removeAnywhere(broker, queue, keys[index]!)));
}

const isActive = "it runs: cancel it first";

function toOutcome(word: string): ActOutcome | undefined {
  if (word === "done" || word === "gone") return { kind: word };
  if (word === "active") return { kind: "refused", reason: isActive };
  return word === "scheduled" ? { kind: "refused", reason: nextRunReason } : undefined;
}

/** By BullMQ, with the jobs that it waits for. */
async function removeAnywhere(broker: Broker, name: string, key: string): Promise<ActOutcome> {
  const queue = await queueOf(broker, name);
  const code = await told(broker, () => queue.remove(key));
  return code === 1 ? { kind: "done" } : { kind: "refused", reason: "it runs, or a job that it waits for does" };
}

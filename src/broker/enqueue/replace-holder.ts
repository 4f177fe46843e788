import type { Queue } from "bullmq";
import { type Broker, redisOf } from "../broker.ts";

// In one step, so that a job which has begun or finished meanwhile is never touched. One that belongs to a flow is kept for its parent.
const replace = `
local q, id = ARGV[1], ARGV[2]
if redis.call('GET', KEYS[1]) ~= id then return 'gone' end
local job = q .. id
if redis.call('HEXISTS', job, 'parentKey') == 1 then return 'kept' end
local from
if redis.call('ZREM', q .. 'delayed', id) == 1 then from = 'delayed'
elseif redis.call('ZREM', q .. 'prioritized', id) == 1 then from = 'prioritized'
elseif redis.call('LREM', q .. 'wait', 1, id) == 1 then from = 'wait'
elseif redis.call('LREM', q .. 'paused', 1, id) == 1 then from = 'paused'
else return 'kept' end
redis.call('DEL', KEYS[1], job, job .. ':logs')
redis.call('XADD', q .. 'events', 'MAXLEN', '~', 10000, '*', 'event', 'removed', 'jobId', id, 'prev', from)
return 'removed'`;

/** Removes the job that has a unique key if it has not begun. `gone`: the key is free, or another's. */
export async function replaceHolder(
  broker: Broker,
  queue: Queue,
  id: string,
  unique: string,
): Promise<"removed" | "kept" | "gone"> {
  return (await broker[redisOf].eval(replace, 1, queue.toKey(`de:${unique}`), queue.toKey(""), id)) as "removed";
}

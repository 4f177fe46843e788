import { randomUUID } from "node:crypto";
import { Job } from "bullmq";
import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { queueOf } from "../queues.ts";
import { cancelledField, cancelledMessage } from "../store/cancel-record.ts";
import type { Cancellation } from "../store/cancels.ts";
import { unrecoverable } from "../worker/outcomes.ts";
import { isNextRun } from "./act-outcome.ts";

/** Where a job was found: `cancelled` is what it has become, `scheduled` a schedule's next run, all others BullMQ's states. */
export type CancelWaitingResult =
  | "cancelled"
  | "scheduled"
  | "active"
  | "completed"
  | "failed"
  | "waiting-children"
  | "missing";

// BullMQ fails a job only out of `active`. So the job is taken there from its line, under a lock that nobody else has, in
// one step; BullMQ then does the rest, and every reader, event and retention sees a failed job like any other. It counts an
// attempt that never was: hence the -1. The oldest are looked for first: those are at the end of a line.
const take = `${isNextRun}
local q, id, token, record = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local key = q .. id
if redis.call('EXISTS', key) == 0 then return 'missing' end
for _, set in ipairs({ 'completed', 'failed', 'waiting-children' }) do
  if redis.call('ZSCORE', q .. set, id) then return set end
end
if redis.call('LPOS', q .. 'active', id) then return 'active' end
if isNextRun(q, id) then return 'scheduled' end
local found = redis.call('ZREM', q .. 'delayed', id) + redis.call('ZREM', q .. 'prioritized', id)
if found == 0 then found = redis.call('LREM', q .. 'wait', -1, id) end
if found == 0 then found = redis.call('LREM', q .. 'paused', -1, id) end
if found == 0 then return 'missing' end
redis.call('LPUSH', q .. 'active', id)
redis.call('SET', key .. ':lock', token, 'PX', 30000)
redis.call('HSET', key, '${cancelledField}', record)
redis.call('HINCRBY', key, 'atm', -1)
return 'cancelled'`;

export interface WaitingJob {
  readonly queue: string;
  /** The job's id in the broker. */
  readonly key: string;
  readonly keepFailed: { readonly count: number; readonly age: number };
}

/** Fails a job that waits, is prioritized or delayed, as cancelled. Of any other it says where it is, and leaves it alone. */
export async function cancelWaiting(
  broker: Broker,
  { queue: name, key, keepFailed }: WaitingJob,
  cancellation: Cancellation,
): Promise<CancelWaitingResult> {
  const queue = await queueOf(broker, name);
  const token = `cancel:${randomUUID()}`;
  const record = JSON.stringify(cancellation);

  return told(broker, async () => {
    const keys = `${broker.prefix}:${name}:`;
    const found = (await broker[redisOf].eval(take, 1, keys, key, token, record)) as CancelWaitingResult;
    if (found !== "cancelled") return found;
    const error = new Error(cancelledMessage(cancellation));
    error.stack = error.message;
    // One whose record cannot be read is failed like any other.
    const job =
      ((await queue.getJob(key).catch(() => undefined)) as Job | undefined) ?? new Job(queue, "", {}, {}, key);
    job.opts.removeOnFail = keepFailed;
    await job.moveToFailed(unrecoverable(error), token);
    return found;
  });
}

import { Job } from "bullmq";
import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { fromBrokerId } from "../job-id.ts";
import { readState } from "../look/read-state.ts";
import { queueOf } from "../queues.ts";
import { cancelledField } from "../store/cancel-record.ts";
import { cancelMarkHas } from "../store/cancels.ts";
import { storeKeys } from "../store/keys.ts";
import { putBacksField, spreadField, unknownSinceField } from "../worker/delivery-moves.ts";
import { ghostsField } from "../worker/reconcile.ts";
import type { ActOutcome } from "./act-outcome.ts";

/** What a job's earlier life has left in its record, `stc` being BullMQ's count of stalls: it begins anew. */
const past = [putBacksField, spreadField, unknownSinceField, ghostsField, cancelledField, "stc"];

// The unique key was freed when the job ended. A job that waits again holds it again, unless another has it by now.
// A mark of cancel was for the life that has ended.
const prepare = `
local q, id = KEYS[1], ARGV[1]
local job = q .. id
if redis.call('EXISTS', job) == 0 then return { 'gone' } end
if not redis.call('ZSCORE', q .. 'failed', id) then return { 'elsewhere' } end
local unique, taken = redis.call('HGET', job, 'deid'), ''
local isRead, opts = pcall(cjson.decode, redis.call('HGET', job, 'opts') or '')
local de = isRead and type(opts) == 'table' and opts.de
if unique and type(de) == 'table' and not de.ttl then
  local holder = redis.call('GET', q .. 'de:' .. unique)
  if holder and holder ~= id and redis.call('EXISTS', q .. holder) == 1 then return { 'unique', holder } end
  redis.call('SET', q .. 'de:' .. unique, id)
  taken = unique
end
redis.call('HDEL', job, unpack(ARGV, 3))
for _, mark in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  if string.find(mark, ARGV[2], 1, true) then redis.call('ZREM', KEYS[2], mark) end
end
return { 'ready', taken }`;

const free = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** Gives a failed job back to its line, with all its attempts before it. */
export async function retryJob(broker: Broker, name: string, key: string): Promise<ActOutcome> {
  const queue = await queueOf(broker, name);
  const redis = broker[redisOf];
  return told(broker, async () => {
    const base = `${broker.prefix}:${name}:`;
    const { cancels } = storeKeys(broker.prefix);
    const about = cancelMarkHas({ queue: name, id: fromBrokerId(key) });
    const [word, more] = (await redis.eval(prepare, 2, base, cancels, key, about, ...past)) as [string, string?];
    if (word === "gone") return { kind: "gone" };
    if (word === "unique") {
      return { kind: "refused", reason: `the unfinished job ${fromBrokerId(more!)} has its unique key` };
    }
    if (word !== "ready") return elsewhere(await readState(broker, name, key));

    // No need to read it: a record that cannot be read is tried again like any other.
    const job = new Job(queue, "", {}, {}, key);
    try {
      await job.retry("failed", { resetAttemptsMade: true, resetAttemptsStarted: true });
      return { kind: "done" };
    } catch (error) {
      if (more) await redis.eval(free, 1, `${base}de:${more}`, key);
      if (typeof (error as { code?: unknown }).code !== "number") throw error; // BullMQ's own answers have numbers
      return { kind: "gone" }; // another has retried or removed it in this moment
    }
  });
}

function elsewhere(state: string): ActOutcome {
  if (state === "completed") return { kind: "refused", reason: "it is completed: enqueue it again" };
  if (state === "delayed") return { kind: "refused", reason: "it is delayed: promote it" };
  if (state === "unknown") return { kind: "gone" };
  return { kind: "refused", reason: `it has not failed: it is ${state}` };
}

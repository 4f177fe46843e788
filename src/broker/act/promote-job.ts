import { Job } from "bullmq";
import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { readState } from "../look/read-state.ts";
import { queueOf } from "../queues.ts";
import { type ActOutcome, isNextRun } from "./act-outcome.ts";

const look = `${isNextRun}
local q, id = KEYS[1], ARGV[1]
if redis.call('EXISTS', q .. id) == 0 then return 'gone' end
if not redis.call('ZSCORE', q .. 'delayed', id) then return 'elsewhere' end
return isNextRun(q, id) and 'scheduled' or 'ready'`;

/** Lets a delayed job run as soon as a worker is free. A schedule's next run stays: its tick would be skipped. */
export async function promoteJob(broker: Broker, name: string, key: string): Promise<ActOutcome> {
  const queue = await queueOf(broker, name);
  const redis = broker[redisOf];
  return told(broker, async () => {
    const word = await redis.eval(look, 1, `${broker.prefix}:${name}:`, key);
    if (word === "gone") return { kind: "gone" };
    if (word === "scheduled") return { kind: "refused", reason: "it is the next run of a schedule" };
    if (word === "elsewhere") return elsewhere(await readState(broker, name, key));
    try {
      await new Job(queue, "", {}, {}, key).promote();
      return { kind: "done" };
    } catch (error) {
      if (typeof (error as { code?: unknown }).code !== "number") throw error; // BullMQ's own answers have numbers
      return { kind: "gone" }; // it has become due, or was removed, in this moment
    }
  });
}

const elsewhere = (state: string): ActOutcome =>
  state === "unknown" ? { kind: "gone" } : { kind: "refused", reason: `it is not delayed: it is ${state}` };

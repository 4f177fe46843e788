import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { toBrokerId } from "../job-id.ts";
import { readState } from "../look/read-state.ts";

/** The job that is in the place of one that was not enqueued. */
export interface Holder {
  /** BullMQ's word; `unknown` where it has been removed since. */
  readonly state: string;
  readonly runAtMs: number;
}

export async function readHolder(broker: Broker, queueName: string, id: string): Promise<Holder> {
  return told(broker, async () => {
    const base = `${broker.prefix}:${queueName}:`;
    const ours = toBrokerId(id);
    const key = (await broker[redisOf].exists(base + ours)) === 1 ? ours : id;
    const [timestamp, delay] = await broker[redisOf].hmget(base + key, "timestamp", "delay");
    return {
      state: await readState(broker, queueName, key),
      runAtMs: timestamp ? Number(timestamp) + Number(delay) : Date.now(),
    };
  });
}

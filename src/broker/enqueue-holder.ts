import { type Broker, redisOf } from "./broker.ts";
import { told } from "./broker-error.ts";
import { toBrokerId } from "./job-id.ts";
import { queueOf } from "./queues.ts";

/** The job that is in the place of one that was not enqueued. */
export interface Holder {
  /** BullMQ's word; `unknown` where it has been removed since. */
  readonly state: string;
  readonly runAtMs: number;
}

export async function readHolder(broker: Broker, queueName: string, id: string): Promise<Holder> {
  return told(broker, async () => {
    const queue = await queueOf(broker, queueName);
    const ours = toBrokerId(id);
    const key = (await broker[redisOf].exists(queue.toKey(ours))) === 1 ? ours : id;
    const [timestamp, delay] = await broker[redisOf].hmget(queue.toKey(key), "timestamp", "delay");
    return {
      state: await queue.getJobState(key),
      runAtMs: timestamp ? Number(timestamp) + Number(delay) : Date.now(),
    };
  });
}

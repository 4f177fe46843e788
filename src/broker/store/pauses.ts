import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { queueOf } from "../queues.ts";
import { storeKeys } from "./keys.ts";
import type { Operator } from "./overrides.ts";

/** Who paused a queue, when and why. */
export interface Pause extends Operator {
  readonly reason: string | null;
}

/** Lets no worker take a job of the queue; false where it was so already, and then nothing changes. */
export async function pauseQueue(broker: Broker, name: string, pause: Pause): Promise<boolean> {
  const queue = await queueOf(broker, name);
  return told(broker, async () => {
    if (await queue.isPaused()) return false;
    await queue.pause();
    await broker[redisOf].hset(storeKeys(broker.prefix).pauses, name, JSON.stringify(pause));
    return true;
  });
}

/** Lets workers take jobs of the queue again; false where they might all along. */
export async function resumeQueue(broker: Broker, name: string): Promise<boolean> {
  const queue = await queueOf(broker, name);
  return told(broker, async () => {
    const wasPaused = await queue.isPaused();
    if (wasPaused) await queue.resume();
    await broker[redisOf].hdel(storeKeys(broker.prefix).pauses, name);
    return wasPaused;
  });
}

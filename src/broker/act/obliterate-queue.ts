import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { queueOf } from "../queues.ts";
import { readCancelMarks, removeCancelMark } from "../store/cancels.ts";
import { storeKeys } from "../store/keys.ts";
import { limitField } from "../store/limits.ts";
import { scheduleKeys } from "../store/schedule-lua.ts";

export interface Obliteration {
  /** Although jobs run there, or workers live that would make it anew. */
  readonly force: boolean;
}

const atOnce = 1_000;

/**
 * Removes a queue with all its jobs, its schedules, its limits and what the store knows of it. `active`: jobs run there, and
 * nothing was changed. Workers that live keep its name in the store.
 */
export async function obliterateQueue(
  broker: Broker,
  name: string,
  { force }: Obliteration,
): Promise<"obliterated" | "active"> {
  const queue = await queueOf(broker, name);
  const redis = broker[redisOf];
  return told(broker, async () => {
    const schedules = (await redis.zrange(queue.toKey("repeat"), "0", "-1")).map(String);
    const wasPaused = await queue.isPaused(); // BullMQ pauses it, and leaves it so where it refuses
    try {
      await queue.obliterate({ force, count: atOnce });
    } catch (error) {
      if (!/active jobs/.test((error as Error).message)) throw error;
      if (!wasPaused) await queue.resume();
      return "active";
    }
    await forget(broker, name, schedules);
    return "obliterated";
  });
}

async function forget(broker: Broker, name: string, schedules: readonly string[]): Promise<void> {
  const keys = storeKeys(broker.prefix);
  const redis = broker[redisOf];
  const fields = [limitField("concurrency", name), limitField("rate", name)] as const;
  const records = schedules.flatMap((schedule) => scheduleKeys(broker.prefix, { queue: name, name: schedule }));
  const pipeline = redis
    .pipeline()
    .del(`${broker.prefix}:${name}:limiter`, keys.rate(name), ...records)
    .hdel(keys.limits, ...fields)
    .hdel(keys.overrides, ...fields)
    .hdel(keys.pauses, name);
  if ((await redis.exists(keys.workers(name))) === 0) pipeline.srem(keys.queues, name);
  await pipeline.exec();
  // A later job may have the id of one that was to be cancelled.
  const marks = (await readCancelMarks(broker)).filter((mark) => mark.queue === name);
  await Promise.all(marks.map((mark) => removeCancelMark(broker, mark)));
}

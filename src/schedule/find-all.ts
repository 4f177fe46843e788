import type { Broker } from "../broker/broker.ts";
import { readSchedules, type StoredSchedule } from "../broker/schedulers.ts";
import { readQueueNames } from "../broker/store/queue-names.ts";
import { chooseSchedules } from "./choose.ts";

/** The schedules of the broker that names or patterns mean, in one queue or in all. Throws SCHEDULE_NOT_FOUND. */
export async function findSchedules(
  broker: Broker,
  patterns: readonly string[],
  queue: string | undefined,
): Promise<StoredSchedule[]> {
  const queues = queue === undefined ? await readQueueNames(broker) : [queue];
  const stored = (await Promise.all(queues.map((each) => readSchedules(broker, each)))).flat();
  return chooseSchedules(stored, patterns).sort((a, b) => (a.name < b.name ? -1 : 1));
}

import type { Broker } from "../broker/broker.ts";
import type { StoredSchedule } from "../broker/schedules/schedulers.ts";
import { readStoredSchedules } from "../broker/schedules/stored-schedules.ts";
import { readQueueNames } from "../broker/store/queue-names.ts";
import { chooseSchedules } from "./choose.ts";

/** The schedules of the broker that names or patterns mean, in one queue or in all. Throws SCHEDULE_NOT_FOUND. */
export async function findSchedules(
  broker: Broker,
  patterns: readonly string[],
  queue: string | undefined,
): Promise<StoredSchedule[]> {
  const queues = queue === undefined ? await readQueueNames(broker) : [queue];
  return chooseSchedules(await readStoredSchedules(broker, queues), patterns, true).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

import type { Broker } from "../broker.ts";
import { readSchedules, type StoredSchedule } from "./schedulers.ts";

/** What the broker holds of the schedules of some queues. */
export async function readStoredSchedules(broker: Broker, queues: readonly string[]): Promise<StoredSchedule[]> {
  return (await Promise.all(queues.map((queue) => readSchedules(broker, queue)))).flat();
}

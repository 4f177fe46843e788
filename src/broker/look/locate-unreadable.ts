import type { Broker } from "../broker.ts";
import { toBrokerId } from "../job-id.ts";
import { readQueueNames } from "../store/queue-names.ts";
import type { JobPlace } from "./locate-job.ts";
import { readState } from "./read-state.ts";

/** Where an id stands in a line, though there is no record that says so; undefined where it does not, or in two queues. */
export async function locateUnreadable(
  broker: Broker,
  id: string,
  queue: string | undefined,
): Promise<JobPlace | undefined> {
  const queues = queue === undefined ? await readQueueNames(broker) : [queue];
  const places = queues.flatMap((name) => [toBrokerId(id), id].map((key) => ({ queue: name, key })));
  const states = await Promise.all(places.map((place) => readState(broker, place.queue, place.key)));
  const found = places.filter((_place, index) => states[index] !== "unknown");
  return found.length === 1 ? found[0] : undefined;
}

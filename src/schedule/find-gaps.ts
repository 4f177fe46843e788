import type { Broker } from "../broker/broker.ts";
import { readMissing } from "../broker/schedules/read-missing.ts";
import { readLeads } from "../broker/store/leads.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { toNewSchedule } from "./declared.ts";
import { hasEnded } from "./has-ended.ts";

export interface FindGapsOptions {
  readonly catalog: Catalog;
  readonly app: string;
  readonly release: string;
  /** Among which to look. */
  readonly queues: readonly string[];
}

/**
 * The queues that this release leads and that lack one of its schedules. A schedule is removed before it is written anew: where
 * its writer died in between, or was refused, it is in no list, and no worker would notice. One round trip a queue.
 */
export async function findGaps(broker: Broker, { catalog, app, release, queues }: FindGapsOptions): Promise<string[]> {
  const leads = await readLeads(broker, app);
  const lasting = catalog.schedules
    .map((schedule) => toNewSchedule(schedule, app))
    .filter((schedule) => !hasEnded(schedule, Date.now()));
  const lacks = async (queue: string) => {
    const names = lasting.filter((schedule) => schedule.queue === queue).map(({ name }) => name);
    return (await readMissing(broker, queue, names)).length > 0;
  };
  const led = queues.filter((queue) => leads.get(queue) === release);
  const found = await Promise.all(led.map(lacks));
  return led.filter((_queue, at) => found[at]);
}

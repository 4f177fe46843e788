import { randomUUID } from "node:crypto";
import type { Broker } from "../broker/broker.ts";
import { addPendingRun, readSchedules, removeSchedule, underLock, writeSchedule } from "../broker/schedulers.ts";
import { storeKeys } from "../broker/store/keys.ts";
import { readQueueNames, rememberQueue } from "../broker/store/queue-names.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { toNewSchedule } from "./declared.ts";
import { hasEnded } from "./has-ended.ts";
import { isSame, keyOf, planSchedules } from "./plan.ts";

export interface SyncOptions {
  readonly broker: Broker;
  readonly catalog: Catalog;
  readonly app: string;
  /** Whether a queue is this process's business. */
  readonly isSelected: (queue: string) => boolean;
}

export interface Synced {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

/** Makes the broker hold the declared schedules: under a lock, and only what changed. */
export function syncSchedules({ broker, catalog, app, isSelected }: SyncOptions): Promise<Synced> {
  return underLock(broker, storeKeys(broker.prefix).syncLock(app), randomUUID(), async () => {
    const declared = catalog.schedules
      .map((schedule) => toNewSchedule(schedule, app))
      .filter(({ queue }) => isSelected(queue));
    // Also the queues of jobs that are gone: their schedules would fire for ever.
    const queues = new Set([...catalog.queues, ...(await readQueueNames(broker))].filter(isSelected));
    const stored = (await Promise.all([...queues].map((queue) => readSchedules(broker, queue)))).flat();
    const storedByKey = new Map(stored.map((schedule) => [keyOf(schedule), schedule]));
    // One that has ended would never be written; as it is stored, it may have its last run before it.
    const lasting = declared.filter(
      (schedule) => !hasEnded(schedule, Date.now()) || isSame(schedule, storedByKey.get(keyOf(schedule))),
    );
    const { write, remove } = planSchedules(lasting, stored, app);

    for (const { schedule, before } of write) {
      if (before?.nextMs !== undefined && before.nextMs <= Date.now()) await addPendingRun(broker, before);
      await rememberQueue(broker, schedule.queue);
      await writeSchedule(broker, schedule);
    }
    for (const { queue, name } of remove) await removeSchedule(broker, queue, name);
    return { written: write.map(({ schedule }) => schedule.name), removed: remove.map(({ name }) => name) };
  });
}

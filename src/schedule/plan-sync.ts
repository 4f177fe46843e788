import type { Broker } from "../broker/broker.ts";
import type { NewSchedule } from "../broker/schedules/schedulers.ts";
import { readStoredSchedules } from "../broker/schedules/stored-schedules.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { toNewSchedule } from "./declared.ts";
import { hasEnded } from "./has-ended.ts";
import { isSame, keyOf, type Plan, planSchedules } from "./plan.ts";

export interface SyncPlan extends Plan {
  /** How many are in the broker as they are declared. */
  readonly unchanged: number;
  /** Ours in the broker that the project no longer declares, and that are not removed. */
  readonly orphans: Plan["remove"];
  /** Declared, but their end has come: they are not written, and what stands of them goes. */
  readonly ended: readonly NewSchedule[];
}

export interface PlanSyncOptions {
  readonly broker: Broker;
  readonly catalog: Catalog;
  readonly app: string;
  readonly queues: readonly string[];
  /** Whether those that are no longer declared go. */
  readonly prune: boolean;
}

/** What has to be written to the broker, and what to be removed, so that it holds what is declared. */
export async function planSync({ broker, catalog, app, queues, prune }: PlanSyncOptions): Promise<SyncPlan> {
  const declared = catalog.schedules
    .map((schedule) => toNewSchedule(schedule, app))
    .filter(({ queue }) => queues.includes(queue));
  const stored = await readStoredSchedules(broker, queues);
  const storedByKey = new Map(stored.map((schedule) => [keyOf(schedule), schedule]));
  // One that has ended would never be written; as it is stored, it may have its last run before it.
  const lasting = declared.filter(
    (schedule) => !hasEnded(schedule, Date.now()) || isSame(schedule, storedByKey.get(keyOf(schedule))),
  );
  const plan = planSchedules(lasting, stored, app);
  // One that moves to another queue, or has ended, has not been forgotten: it goes in any case.
  const names = new Set(declared.map(({ name }) => name));
  const goes = ({ name }: { readonly name: string }) => prune || names.has(name);
  return {
    ...plan,
    remove: plan.remove.filter(goes),
    ended: declared.filter((schedule) => !lasting.includes(schedule)),
    orphans: plan.remove.filter((schedule) => !goes(schedule)),
    unchanged: lasting.length - plan.write.length - plan.foreign.length,
  };
}

import type { Broker } from "../broker/broker.ts";
import { readQueueNames } from "../broker/store/queue-names.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { planSync, type SyncPlan } from "./plan-sync.ts";
import { syncSchedules } from "./sync.ts";

export interface SyncAllOptions {
  readonly catalog: Catalog;
  readonly app: string;
  readonly release: string;
  readonly prune: boolean;
  /** Nothing is written. */
  readonly dryRun: boolean;
}

/** What a sync of all queues has done, or would do. */
export async function syncAll(broker: Broker, options: SyncAllOptions): Promise<SyncPlan> {
  const { catalog, app, release, prune, dryRun } = options;
  if (dryRun) {
    const queues = [...new Set([...catalog.queues, ...(await readQueueNames(broker))])];
    return planSync({ broker, catalog, app, queues, prune });
  }
  let plan: SyncPlan | undefined;
  await syncSchedules({
    broker,
    catalog,
    app,
    release,
    prune,
    select: (queues) => queues,
    onPlan: (made) => {
      plan = made;
    },
  });
  return plan!;
}

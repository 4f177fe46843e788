import { applyQueueLimits } from "../broker/store/queue-limits.ts";
import { rememberQueue } from "../broker/store/queue-names.ts";
import { syncSchedules } from "../schedule/sync.ts";
import type { Identity } from "./identity.ts";
import type { Parts, ServiceOptions } from "./parts.ts";

/** Sync the schedules · take back the jobs of dead processes of this host · tell others that this one lives · take jobs. */
export async function begin(options: ServiceOptions, parts: Parts, { app, release, name }: Identity): Promise<void> {
  const { config, catalog, queues, schedules, onEvent } = options;
  const { broker, runner, takeBack, presence, http } = parts;

  for (const queue of queues) {
    const { globalConcurrency, rateLimit } = config.queue(queue);
    await rememberQueue(broker, queue);
    await applyQueueLimits(broker, { queue, app: config.app, globalConcurrency, rateLimit });
  }
  if (schedules) await sync(options, parts);
  await takeBack.ofThisHost();
  await presence.start();
  await runner.start();
  onEvent({
    type: "started",
    app,
    release,
    runner: name,
    queues,
    concurrency: queues.reduce((sum, queue) => sum + config.queue(queue).concurrency, 0),
    schedules: catalog.schedules.filter(({ job }) => queues.includes(job.queue)).length,
    broker: broker.address,
    http: http?.address ?? null,
  });
}

async function sync({ config, catalog, queues, onEvent }: ServiceOptions, { broker }: Parts): Promise<void> {
  // A process of some queues leaves the schedules of all others alone, also those whose jobs are gone.
  const isWhole = catalog.queues.every((queue) => queues.includes(queue));
  const isSelected = (queue: string) => isWhole || queues.includes(queue);
  const synced = await syncSchedules({ broker, catalog, app: config.app, isSelected });
  if (synced.written.length + synced.removed.length > 0) onEvent({ type: "schedulesSynced", ...synced });
}

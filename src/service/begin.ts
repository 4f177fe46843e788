import { applyQueueLimits } from "../broker/store/queue-limits.ts";
import { rememberQueue } from "../broker/store/queue-names.ts";
import type { Identity } from "./identity.ts";
import type { Parts, ServiceOptions } from "./parts.ts";

/**
 * Take back the jobs of dead processes of this host · sync the schedules · tell others that this one lives · take jobs. Whoever is
 * asked to close does no more of it.
 */
export async function begin(options: ServiceOptions, parts: Parts, { app, release, name }: Identity): Promise<void> {
  const { config, catalog, queues, onEvent } = options;
  const { broker, runner, takeBack, presence, http, scheduleKeeper } = parts;

  const isClosing = () => options.closeSignal?.aborted === true;

  for (const queue of queues) {
    if (isClosing()) return;
    const { globalConcurrency, rateLimit } = config.queue(queue);
    await rememberQueue(broker, queue);
    await applyQueueLimits(broker, { queue, app: config.app, globalConcurrency, rateLimit });
  }
  for (const step of [
    takeBack.ofThisHost, // whoever is dead leads nothing
    scheduleKeeper.atStart,
    presence.start,
    runner.start,
  ]) {
    if (isClosing()) return;
    await step();
  }
  if (isClosing()) return;
  onEvent({
    type: "started",
    app,
    release,
    runner: name,
    queues,
    concurrency: queues.reduce((sum, queue) => sum + config.queue(queue).concurrency, 0),
    schedules: options.schedules ? catalog.schedules.filter(({ job }) => queues.includes(job.queue)).length : null,
    broker: broker.address,
    http: http?.address ?? null,
  });
}

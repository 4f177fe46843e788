import { openBroker } from "../broker/broker.ts";
import { createLockKeeper } from "../broker/lock-keeper/lock-keeper.ts";
import { checkServer } from "../broker/server.ts";
import { rememberQueue } from "../broker/store/queue-names.ts";
import type { Catalog } from "../discovery/catalog.ts";
import type { OnEvent, RunnerEvent } from "../runner/events.ts";
import { readResidence } from "../runner/residence.ts";
import { createRunner } from "../runner/runner.ts";
import { createTakeBack } from "../runner/take-back.ts";
import { syncSchedules } from "../schedule/sync.ts";
import { createBurst } from "./burst.ts";
import { closeService } from "./close.ts";
import { createIdentity, type Identity } from "./identity.ts";
import { notifySystemd } from "./notify-systemd.ts";
import type { Parts, Service, ServiceOptions } from "./parts.ts";
import { createPresence } from "./presence.ts";
import { closeProject, openProject } from "./project.ts";
import { createUpkeep } from "./upkeep.ts";
import { watchBroker } from "./watch-broker.ts";

/** Knock · startup hooks · sync the schedules · workers. Throws what a user can mend; then no job was taken. */
export async function startService(said: ServiceOptions): Promise<Service> {
  const counters: ((event: RunnerEvent) => void)[] = [];
  const onEvent: OnEvent = (event) => {
    for (const count of counters) count(event);
    said.onEvent(event);
  };
  const options = { ...said, onEvent };
  const { config, catalog, queues } = options;
  const identity = createIdentity(config, catalog, options.name);
  const broker = await openBroker({ url: config.broker, prefix: config.prefix, root: config.root, kind: "endless" });

  try {
    await checkServer(broker, options);
    const opened = await openProject(config, catalog, domainsOf(catalog, queues), onEvent);
    const watch = watchBroker(broker, onEvent);
    const runner = createRunner({
      config,
      catalog,
      queues,
      broker,
      id: identity.id,
      name: identity.name,
      release: identity.release,
      state: opened.state,
      onEvent,
      onRefused: (queue, reason) => watch.lost(`queue ${queue}`, reason),
      onAccepted: (queue) => watch.back(`queue ${queue}`),
      onWedged: (queue) => service.fail(`all handlers of the queue ${queue} are abandoned`),
    });
    const residence = readResidence();
    const takeBack = createTakeBack({ broker, id: identity.id, residence, onEvent });
    const keepUp = createUpkeep(runner, takeBack);
    const presence = createPresence({
      broker,
      config,
      identity,
      residence,
      queues,
      active: runner.active,
      onLate: () => watch.isLost() || watch.lost("the beat", "it does not answer"),
      onBeat(beat) {
        watch.back("the beat");
        keepUp(beat);
      },
    });
    const burst = options.burst ? createBurst(broker, queues) : undefined;
    const systemd = await notifySystemd(options, broker, runner);
    counters.push(presence.count, ...(burst ? [burst.count] : []), ...(systemd ? [systemd.count] : []));

    const lockKeeper = createLockKeeper(broker, {
      runner: identity.id,
      queues,
      capMs: config.blockedLoopCapMs,
      onBlocked: ({ blockedMs, jobs }) => onEvent({ type: "blocked", ms: blockedMs, jobs }),
    });
    const parts = { broker, opened, runner, takeBack, lockKeeper, presence, burst, systemd, watch };
    const service = closeService(options, parts);
    counters.push(service.count);
    await begin(options, parts, identity).catch(async (error: unknown) => {
      parts.presence.stop();
      parts.lockKeeper.stop();
      parts.watch.stop();
      await closeProject(catalog, opened, config.shutdownTimeoutMs, onEvent);
      throw error;
    });
    if (burst) void burst.over(service.closing).then(() => service.close("nothing is left to do"));
    return service;
  } catch (error) {
    await broker.close();
    throw error;
  }
}

async function begin(
  { config, catalog, queues, schedules, onEvent }: ServiceOptions,
  parts: Parts,
  identity: Identity,
) {
  const { broker, runner, takeBack, presence } = parts;
  for (const queue of queues) await rememberQueue(broker, queue);
  // A process of some queues leaves the schedules of all others alone, also those whose jobs are gone.
  const isWhole = catalog.queues.every((queue) => queues.includes(queue));
  const isSelected = (queue: string) => isWhole || queues.includes(queue);
  if (schedules) {
    const synced = await syncSchedules({ broker, catalog, app: config.app, isSelected });
    if (synced.written.length + synced.removed.length > 0) onEvent({ type: "schedulesSynced", ...synced });
  }
  await takeBack.ofThisHost();
  await presence.start();
  await runner.start();
  onEvent({
    type: "started",
    app: identity.app,
    release: identity.release,
    runner: identity.name,
    queues,
    concurrency: queues.reduce((sum, queue) => sum + config.queue(queue).concurrency, 0),
    schedules: catalog.schedules.filter(({ job }) => queues.includes(job.queue)).length,
    broker: broker.address,
  });
}

/** The domains whose jobs this process runs: only their files are its business. */
function domainsOf(catalog: Catalog, queues: readonly string[]): Set<string> {
  return new Set(catalog.jobs.filter(({ queue }) => queues.includes(queue)).map(({ domain }) => domain));
}

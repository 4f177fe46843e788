import type { Broker } from "../broker/broker.ts";
import { brokerError } from "../broker/broker-error.ts";
import { createLockKeeper } from "../broker/lock-keeper/lock-keeper.ts";
import { createEnqueue } from "../client/create-enqueue.ts";
import { createFindJob } from "../client/find-job.ts";
import type { OnEvent } from "../runner/events.ts";
import { readResidence } from "../runner/residence.ts";
import { createRunner } from "../runner/runner.ts";
import { createTakeBack } from "../runner/take-back.ts";
import { beginUnlessClosed } from "./begin-unless-closed.ts";
import { createBurst } from "./burst.ts";
import { closeService } from "./close.ts";
import { domainsOf } from "./domains-of.ts";
import { createEndHooks } from "./hooks/end-hooks.ts";
import { tellHookFailures } from "./hooks/tell-failures.ts";
import { createIdentity, type Identity } from "./identity.ts";
import { type Http, openHttp } from "./insight/http.ts";
import { notifySystemd } from "./insight/notify-systemd.ts";
import { createThreads } from "./isolate/create-threads.ts";
import { createScheduleKeeper } from "./keep-schedules.ts";
import { knock } from "./knock.ts";
import { createOrders } from "./orders.ts";
import type { Service, ServiceOptions } from "./parts.ts";
import { createPresence } from "./presence/presence.ts";
import { createUpkeep } from "./presence/upkeep.ts";
import { watchBroker } from "./presence/watch-broker.ts";
import { closeProject, openProject } from "./project.ts";
import { createRecycle } from "./recycle.ts";
import type { Opened } from "./startup.ts";

/** As long as the parent of a pool waits beyond `shutdownTimeout` before it kills. */
const outliveMs = 5_000;

/** Listen · knock · startup files · schedules · workers. Throws what a user can mend; then no job was taken. */
export async function startService(said: ServiceOptions): Promise<Service> {
  const listeners: OnEvent[] = [];
  const onEvent: OnEvent = (event) => {
    for (const hear of listeners) hear(event);
    said.onEvent(event);
  };
  const options = { ...said, onEvent };
  const { config, catalog, queues } = options;
  const identity = createIdentity(config, catalog, options.name);
  const http = await openHttp(options, identity);
  if (http) listeners.push(http.insight.hear);

  try {
    const broker = await knock(options);
    http?.insight.connected();
    try {
      const opened = await openProject(config, catalog, domainsOf(catalog, queues), onEvent);
      return await assemble(options, { broker, opened, identity, http, listeners });
    } catch (error) {
      await broker.close();
      throw brokerError(error, broker.address); // what users can mend is told already: the rest is the broker's
    }
  } catch (error) {
    await http?.close();
    throw error;
  }
}

interface Ground {
  readonly broker: Broker;
  readonly opened: Opened;
  readonly identity: Identity;
  readonly http: Http | undefined;
  /** Whoever wants to hear every event. */
  readonly listeners: OnEvent[];
}

async function assemble(options: ServiceOptions, ground: Ground): Promise<Service> {
  const { config, catalog, queues, onEvent } = options;
  const { broker, opened, identity, http, listeners } = ground;
  const { id, name, release } = identity;
  const watch = watchBroker(broker, onEvent);
  const endHooks = createEndHooks(config, opened.state, onEvent);
  const threads = createThreads(config, onEvent);
  const runner = createRunner({
    config,
    catalog,
    queues,
    broker,
    threads,
    id,
    name,
    release,
    state: opened.state,
    onEvent,
    enqueue: createEnqueue(tellHookFailures(config, onEvent), createFindJob(catalog), async () => broker),
    onEnded: endHooks?.onEnded,
    onRefused: (queue, reason) => watch.lost(`queue ${queue}`, reason),
    onAccepted: (queue) => watch.back(`queue ${queue}`),
    onOrder: () => orders.look(),
    onWedged: (queue) => service.fail(`all handlers of the queue ${queue} are abandoned`),
  });
  const orders = createOrders(broker, id, onEvent);
  http?.insight.watch(runner.active);
  const residence = readResidence();
  const takeBack = createTakeBack({ broker, id, residence, onEvent });
  const scheduleKeeper = createScheduleKeeper(options, broker, identity);
  const keepUp = createUpkeep(runner, takeBack, scheduleKeeper);
  const presence = createPresence({
    ...options,
    broker,
    identity,
    residence,
    active: runner.active,
    onLate: () => watch.isLost() || watch.lost("the beat", "it does not answer"),
    onBeat(beat) {
      watch.back("the beat");
      keepUp(beat);
    },
  });
  const lockKeeper = createLockKeeper(broker, {
    runner: id,
    queues,
    capMs: config.blockedLoopCapMs,
    parent: options.isInPool ? { pid: process.ppid, outliveMs: config.shutdownTimeoutMs + outliveMs } : undefined,
    onBlocked: ({ blockedMs, jobs }) => onEvent({ type: "blocked", ms: blockedMs, jobs }),
  });
  const burst = options.burst ? createBurst(broker, queues) : undefined;
  const systemd = await notifySystemd(options, broker, runner);

  const work = { broker, opened, threads, runner, endHooks, takeBack, scheduleKeeper };
  const parts = { ...work, lockKeeper, presence, burst, systemd, watch, http };
  const service = closeService(options, parts);
  const recycle = options.limits && createRecycle({ ...options, limits: options.limits }, parts, service);
  for (const each of [presence, burst, systemd, service, recycle]) if (each) listeners.push(each.count);

  if (options.isQuiet?.()) service.quiet();
  await beginUnlessClosed(options, parts, identity, service).catch(async (error: unknown) => {
    await runner.close(AbortSignal.abort());
    for (const each of [presence, lockKeeper, watch]) each.stop();
    await closeProject(catalog, opened, config.shutdownTimeoutMs, onEvent);
    throw error;
  });
  if (options.closeSignal?.aborted) return service;
  orders.start(service);
  recycle?.start();
  if (burst) void burst.over(service.closing).then(() => service.close("nothing is left to do"));
  return service;
}

import { Redis } from "ioredis";
import { type Broker, openBroker } from "../../src/broker/broker.ts";
import type { JobDetail } from "../../src/broker/look/job-detail.ts";
import { enqueue } from "../../src/client/enqueue.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import { joinCrons } from "../../src/cron/join-crons.ts";
import { parseMoment } from "../../src/cron/parse-moment.ts";
import type { Config } from "../../src/definition/config.ts";
import { parseDuration } from "../../src/definition/duration.ts";
import type { EnqueueOptions, Receipt } from "../../src/definition/enqueue.ts";
import { type AnyJob, defineJob, isJob, type JobFunction } from "../../src/definition/job.ts";
import type { ResolvedConfig } from "../../src/definition/resolved-config.ts";
import { defineSchedule, type ScheduleTerms } from "../../src/definition/schedule.ts";
import type { Catalog, CatalogJob, CatalogSchedule, Hook } from "../../src/discovery/catalog.ts";
import { createCatalog } from "../../src/discovery/create-catalog.ts";
import { showJob } from "../../src/inspect/job.ts";
import type { RunnerEvent } from "../../src/runner/events.ts";
import type { Service, ServiceOptions } from "../../src/service/parts.ts";
import { startService } from "../../src/service/service.ts";
import { adminUrlOf, testPrefix } from "./redis.ts";

export interface SetupOptions {
  /** Of the test file's own Redis. */
  readonly url: string;
  readonly prefix?: string;
  /** By name, without the domain: all live in `work`. */
  readonly jobs: Readonly<Record<string, AnyJob | JobFunction>>;
  readonly schedules?: Readonly<Record<string, ScheduleTerms & { readonly of: string }>>;
  readonly startup?: readonly Hook[];
  readonly shutdown?: readonly Hook[];
  readonly config?: Config;
}

type EventOf<Type extends RunnerEvent["type"]> = Extract<RunnerEvent, { type: Type }>;

/** A project in memory on a real broker, and the worker services that it starts, in this process. */
export interface App extends AsyncDisposable {
  readonly prefix: string;
  readonly config: ResolvedConfig;
  readonly catalog: Catalog;
  readonly broker: Broker;
  /** To look at what is stored. */
  readonly redis: Redis;
  readonly seen: readonly RunnerEvent[];
  /** Starts a service; all are closed with the app. */
  readonly start: (options?: Partial<ServiceOptions>) => Promise<Service>;
  readonly enqueue: (job: string, args?: unknown, options?: EnqueueOptions) => Promise<Receipt>;
  readonly show: (id: string) => Promise<JobDetail>;
  /** The `count`-th event of a type, already seen or still to come. */
  readonly event: <Type extends RunnerEvent["type"]>(type: Type, count?: number) => Promise<EventOf<Type>>;
  /** The next event of a type from now on. */
  readonly next: <Type extends RunnerEvent["type"]>(type: Type) => Promise<EventOf<Type>>;
}

/** Generous, since machines may be busy: a test that hangs says what it waited for. */
const limitMs = 90_000;

export async function setup({ url, prefix = testPrefix(), config: said = {}, ...parts }: SetupOptions): Promise<App> {
  const config = resolveConfig({
    root: "/nowhere",
    env: {},
    config: {
      app: "test",
      prefix,
      shutdownTimeout: "1s",
      abortGrace: "200ms",
      blockedLoopCap: 0,
      ...said,
      broker: url,
    },
  });
  const catalog = toCatalog(parts);
  const broker = await openBroker({ url, prefix, root: "/nowhere", kind: "reconnecting" });
  const redis = new Redis(adminUrlOf(url)).on("error", () => {}); // some tests kill the server
  const seen: RunnerEvent[] = [];
  const listeners = new Set<() => void>();
  const services: Service[] = [];

  function event<Type extends RunnerEvent["type"]>(type: Type, count = 1): Promise<EventOf<Type>> {
    const found = () => seen.filter((each): each is EventOf<Type> => each.type === type)[count - 1];
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        listeners.delete(look);
        reject(new Error(`no "${type}" came (number ${count}); last seen: ${JSON.stringify(seen.slice(-10))}`));
      }, limitMs);
      const look = () => {
        const match = found();
        if (!match) return;
        clearTimeout(late);
        listeners.delete(look);
        resolve(match);
      };
      listeners.add(look);
      look();
    });
  }

  return {
    prefix,
    config,
    catalog,
    broker,
    redis,
    seen,
    event,
    next: (type) => event(type, seen.filter((each) => each.type === type).length + 1),
    async start(options = {}) {
      const service = await startService({
        config,
        catalog,
        queues: catalog.queues,
        schedules: true,
        burst: false,
        allowEviction: false,
        shareQueues: [],
        name: undefined,
        onEvent(each) {
          seen.push(each);
          for (const look of [...listeners]) look();
        },
        ...options,
      });
      services.push(service);
      return service;
    },
    enqueue: (job, args = {}, options) =>
      enqueue(async () => broker, config, catalog.job(`work.${job}`), args, options),
    show: (id) => showJob(broker, id, undefined, []),
    async [Symbol.asyncDispose]() {
      for (const service of services) service.close("the test is over");
      for (const service of services) service.hurry();
      await Promise.all(services.map(({ ended }) => ended));
      await broker.close();
      redis.disconnect();
    },
  };
}

function toCatalog({ jobs, schedules = {}, startup = [], shutdown = [] }: Omit<SetupOptions, "url">): Catalog {
  const found = Object.entries(jobs).map(([key, value]) => toJob(key, value));
  return createCatalog({
    jobs: found,
    startup,
    shutdown,
    schedules: Object.entries(schedules).map(([name, { of, ...settings }]) =>
      toSchedule(name, found.find((job) => job.name === `work.${of}`)!, settings),
    ),
  });
}

function toJob(key: string, value: AnyJob | JobFunction): CatalogJob {
  const definition = isJob(value) ? value : (defineJob({ handler: value as never }) as AnyJob);
  return {
    name: `work.${key}`,
    queue: definition.queue ?? "work",
    domain: "work",
    file: "tasks.ts",
    exported: key,
    definition,
  };
}

function toSchedule(name: string, job: CatalogJob, settings: ScheduleTerms): CatalogSchedule {
  const { cron, timezone = "UTC", args = {}, overlap = "skip", catchUp = "once" } = settings;
  const { every, startAt, endAt, jitter } = settings;
  return {
    name,
    job,
    file: "scheduled.ts",
    cron: Array.isArray(cron) ? joinCrons(cron) : (cron as string | undefined),
    everyMs: parseDuration(every),
    timezone,
    startMs: parseMoment(startAt, { zone: timezone }),
    endMs: parseMoment(endAt, { zone: timezone }),
    jitterMs: parseDuration(jitter) ?? 0, // in full, so that a test knows it
    args,
    overlap,
    catchUp,
    catchUpWindowMs: parseDuration(settings.catchUpWindow) ?? (catchUp === "all" ? 86_400_000 : undefined),
    priority: settings.priority ?? job.definition.priority ?? 0,
    definition: defineSchedule({ ...settings, job: job.definition }),
  };
}

/** A startup or shutdown function, named as discovery would name it. */
export const hook = (name: string, run: Hook["run"], domain = "work"): Hook => ({
  name: `${domain}.${name}`,
  domain,
  file: `${name}.ts`,
  run,
});

/** A promise and how to settle it, for a handler that ends when the test says so. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

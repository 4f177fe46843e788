import type { Attempt } from "../runner/attempt.ts";
import type { OnEvent } from "../runner/events.ts";
import type { Probes } from "../serve/probes.ts";
import { countJobs } from "./count-jobs.ts";
import { createHealth } from "./health.ts";
import type { Identity } from "./identity.ts";
import type { ServiceOptions } from "./parts.ts";
import { createStatus } from "./status.ts";
import { version } from "./version.ts";

/** The HTTP side of a worker process. What it tells comes from the events and from what runs. */
export interface Http {
  readonly address: string;
  /** Hears every event. */
  readonly hear: OnEvent;
  /** The broker has answered. */
  readonly connected: () => void;
  /** From now on this says what runs. */
  readonly watch: (active: () => readonly Attempt[]) => void;
  readonly close: () => Promise<void>;
}

/** Listens where the config says so. Nothing of it is imported where it does not. */
export async function openHttp(
  { config, catalog, queues }: ServiceOptions,
  identity: Identity,
): Promise<Http | undefined> {
  if (!config.http) return undefined;
  const [{ createHttpServer }, { createMetrics }, { createLoopDelay }] = await Promise.all([
    import("../serve/http-server.ts"),
    import("../serve/metrics.ts"),
    import("../serve/loop-delay.ts"),
  ]);
  const { app, release } = identity;
  const health = createHealth();
  const delay = createLoopDelay();
  let attempts: () => readonly Attempt[] = () => [];

  const metrics = createMetrics({
    catalog,
    queues,
    info: { app, release, version },
    now: () => ({
      active: countActive(attempts()),
      abandoned: attempts().filter(({ abandoned }) => abandoned).length,
      brokerUp: health.brokerUp(),
      delayMs: delay.read(),
    }),
  });
  const jobs = countJobs(metrics);
  const probes: Probes = {
    live: () => ({ ok: true }), // whoever hears this hears it from a loop that turns
    ready() {
      const reason = health.trouble();
      return reason === undefined ? { ok: true } : { ok: false, reason };
    },
    metrics: metrics.render,
    status: async () =>
      createStatus({
        config,
        identity,
        queues,
        schedules: catalog.schedules.filter(({ job }) => queues.includes(job.queue)).length,
        health,
        counts: jobs.counts,
        attempts: attempts(),
        active: countActive(attempts()),
        delayMs: delay.read(),
      }),
  };

  const server = await createHttpServer({ ...config.http, token: config.httpToken, probes }).catch((error: unknown) => {
    delay.stop();
    throw error;
  });
  return {
    address: server.address,
    hear(event) {
      health.hear(event);
      jobs.hear(event);
    },
    connected: health.connected,
    watch(active) {
      attempts = active;
    },
    async close() {
      delay.stop();
      await server.close();
    },
  };
}

/** By queue, without those given up. */
function countActive(attempts: readonly Attempt[]): Map<string, number> {
  const active = new Map<string, number>();
  for (const { delivery, abandoned } of attempts) {
    if (!abandoned) active.set(delivery.queue, (active.get(delivery.queue) ?? 0) + 1);
  }
  return active;
}

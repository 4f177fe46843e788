import type { Attempt } from "../../runner/attempt/attempt.ts";
import type { OnEvent } from "../../runner/events.ts";
import type { Exported } from "../../serve/metrics.ts";
import type { Probes } from "../../serve/probes.ts";
import type { Identity } from "../identity.ts";
import type { ServiceOptions } from "../parts.ts";
import { version } from "../version.ts";
import { countJobs } from "./count-jobs.ts";
import { createHealth } from "./health.ts";
import { createStatus, type WorkerStatus } from "./status.ts";

/** What a worker process can tell of itself: from the events, and from what runs. */
export interface Insight {
  /** Hears every event. */
  readonly hear: OnEvent;
  /** The broker has answered. */
  readonly connected: () => void;
  /** From now on this says what runs. */
  readonly watch: (active: () => readonly Attempt[]) => void;
  readonly probes: Omit<Probes, "status"> & { readonly status: () => Promise<WorkerStatus> };
  /** As data, for another process to add up. */
  readonly exportMetrics: () => Promise<Exported>;
  readonly stop: () => void;
}

export async function openInsight({ config, catalog, queues }: ServiceOptions, identity: Identity): Promise<Insight> {
  const [{ createMetrics }, { createLoopDelay }] = await Promise.all([
    import("../../serve/metrics.ts"),
    import("../../serve/loop-delay.ts"),
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

  return {
    hear(event) {
      health.hear(event);
      jobs.hear(event);
    },
    connected: health.connected,
    watch(active) {
      attempts = active;
    },
    probes: {
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
    },
    exportMetrics: metrics.export,
    stop: delay.stop,
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

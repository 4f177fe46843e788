import { Counter, Histogram, Registry } from "prom-client";
import type { Catalog } from "../discovery/catalog.ts";
import { registerProcess } from "./process-metrics.ts";

export interface MetricsOptions {
  /** Its names are the only ones that become labels: what the broker sends cannot make series without end. */
  readonly catalog: Catalog;
  readonly queues: readonly string[];
  readonly info: Readonly<Record<"app" | "release" | "version", string>>;
  /** What is read when somebody asks. */
  readonly now: () => Now;
}

export interface Now {
  /** By queue. */
  readonly active: ReadonlyMap<string, number>;
  readonly abandoned: number;
  readonly brokerUp: boolean;
  readonly delayMs: Readonly<Record<"p50" | "p99" | "max", number>>;
}

export type Outcome = "completed" | "failed" | "retried" | "put_back";

/** What a worker process counts, for Prometheus. */
export interface Metrics {
  /** A job's first start. `schedule`: whose tick it runs for. */
  readonly waited: (queue: string, job: string, schedule: string | null, waitedMs: number) => void;
  /** `ms`: of the attempt, where one has ended. */
  readonly ended: (queue: string, job: string, outcome: Outcome, ms?: number) => void;
  readonly tickSkipped: (schedule: string) => void;
  readonly ticksMissed: (schedule: string, count: number) => void;
  readonly render: () => Promise<string>;
  readonly export: () => Promise<Exported>;
}

/** The metrics of one process as plain data. */
export type Exported = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>;

const outcomes: readonly Outcome[] = ["completed", "failed", "retried", "put_back"];
const durations = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1_800];
const waits = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1_800, 3_600];
const unknown = "unknown";

export function createMetrics({ catalog, queues, info, now }: MetricsOptions): Metrics {
  const registers = [new Registry()];
  const ofJob = ["queue", "job"] as const;
  const jobs = new Counter({
    name: "taskq_jobs_total",
    help: "Attempts that ended, by how: completed, failed for good, retried later, put back uncounted",
    labelNames: [...ofJob, "outcome"],
    registers,
  });
  const duration = new Histogram({
    name: "taskq_job_duration_seconds",
    help: "How long attempts took that completed, failed or will be retried",
    labelNames: ofJob,
    buckets: durations,
    registers,
  });
  const wait = new Histogram({
    name: "taskq_job_wait_seconds",
    help: "From when a job was due to its first start",
    labelNames: ofJob,
    buckets: waits,
    registers,
  });
  const lag = new Histogram({
    name: "taskq_schedule_lag_seconds",
    help: "From a schedule's tick to the start of its job",
    labelNames: ["schedule"],
    buckets: waits,
    registers,
  });
  const skipped = new Counter({
    name: "taskq_ticks_skipped_total",
    help: "Ticks passed over since the run before was not done",
    labelNames: ["schedule"],
    registers,
  });
  const missed = new Counter({
    name: "taskq_ticks_missed_total",
    help: "Ticks that no run was begun for",
    labelNames: ["schedule"],
    registers,
  });
  registerProcess({ registers, queues, info, now });

  const seriesOf = remember((queue) =>
    remember((job) => ({
      outcomes: Object.fromEntries(outcomes.map((outcome) => [outcome, jobs.labels(queue, job, outcome)])),
      duration: duration.labels(queue, job),
      wait: wait.labels(queue, job),
    })),
  );
  const series = (queue: string, job: string) => seriesOf(queue)(catalog.findJob(job) ? job : unknown);
  const scheduleOf = (name: string) => (catalog.findSchedule(name) ? name : unknown);

  // From zero on, so that the first failure is seen as a rise.
  for (const { name, queue } of catalog.jobs.filter((job) => queues.includes(job.queue))) {
    for (const counter of Object.values(series(queue, name).outcomes)) counter.inc(0);
  }

  return {
    waited(queue, job, schedule, waitedMs) {
      series(queue, job).wait.observe(waitedMs / 1_000);
      if (schedule !== null) lag.observe({ schedule: scheduleOf(schedule) }, waitedMs / 1_000);
    },
    ended(queue, job, outcome, ms) {
      const { outcomes, duration } = series(queue, job);
      outcomes[outcome]!.inc();
      if (ms !== undefined) duration.observe(ms / 1_000);
    },
    tickSkipped: (schedule) => skipped.inc({ schedule: scheduleOf(schedule) }),
    ticksMissed: (schedule, count) => missed.inc({ schedule: scheduleOf(schedule) }, count),
    render: () => registers[0]!.metrics(),
    export: () => registers[0]!.getMetricsAsJSON(),
  };
}

/** To find a labelled series anew for every job would cost more than to count. */
function remember<Value>(make: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value>();

  return (name) => {
    let value = known.get(name);
    if (value === undefined) {
      value = make(name);
      known.set(name, value);
    }
    return value;
  };
}

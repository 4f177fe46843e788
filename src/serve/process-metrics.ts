import { type Aggregator, Counter, Gauge, type Registry } from "prom-client";
import type { MetricsOptions } from "./metrics.ts";

export interface ProcessMetricsOptions extends Pick<MetricsOptions, "queues" | "info" | "now"> {
  readonly registers: Registry[];
}

/** How the process stands, read anew each time somebody asks. */
export function registerProcess({ registers, queues, info, now }: ProcessMetricsOptions): void {
  const gauge = (name: string, help: string, aggregator: Aggregator, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      aggregator,
      collect() {
        this.set(read());
      },
    });

  new Gauge({
    name: "taskq_worker_info",
    help: "Always 1",
    labelNames: Object.keys(info),
    aggregator: "first",
    registers,
  }).set({ ...info }, 1);
  new Gauge({
    name: "taskq_jobs_active",
    help: "Jobs that run now, without those given up",
    labelNames: ["queue"],
    registers,
    collect() {
      const { active } = now();
      for (const queue of queues) this.set({ queue }, active.get(queue) ?? 0);
    },
  });
  new Gauge({
    name: "taskq_event_loop_delay_seconds",
    help: "How late timers were in the last half minute to minute",
    aggregator: "max",
    labelNames: ["stat"],
    registers,
    collect() {
      for (const [stat, ms] of Object.entries(now().delayMs)) this.set({ stat }, ms / 1_000);
    },
  });
  gauge("taskq_abandoned_handlers", "Handlers that go on after their job was given up", "sum", () => now().abandoned);
  gauge("taskq_broker_up", "1 while the broker answers", "min", () => Number(now().brokerUp));
  gauge("process_start_time_seconds", "Since 1970", "min", () => (Date.now() - performance.now()) / 1_000);
  gauge("process_resident_memory_bytes", "Resident memory", "sum", () => process.memoryUsage.rss());
  gauge("nodejs_heap_size_used_bytes", "Of V8's heap", "sum", () => process.memoryUsage().heapUsed);
  new Counter({
    name: "process_cpu_seconds_total",
    help: "User and system CPU time",
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
}

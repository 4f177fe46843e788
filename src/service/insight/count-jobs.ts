import type { RunnerEvent } from "../../runner/events.ts";
import type { Metrics } from "../../serve/metrics.ts";

export interface JobCounts {
  readonly completed: number;
  /** Those that will not be tried again. */
  readonly failed: number;
  readonly retried: number;
  readonly putBack: number;
}

/** Hears what happens to jobs, and counts it twice: for Prometheus, and as plain numbers since the start. */
export function countJobs(metrics: Metrics): {
  readonly hear: (event: RunnerEvent) => void;
  readonly counts: JobCounts;
} {
  const counts = { completed: 0, failed: 0, retried: 0, putBack: 0 };

  return {
    counts,
    hear(event) {
      switch (event.type) {
        case "active":
          if (event.waitedMs !== null) metrics.waited(event.queue, event.job, event.schedule, event.waitedMs);
          break;
        case "completed":
          counts.completed++;
          metrics.ended(event.queue, event.job, "completed", event.ms);
          break;
        case "failed":
          counts[event.final ? "failed" : "retried"]++;
          metrics.ended(event.queue, event.job, event.final ? "failed" : "retried", event.ms);
          break;
        case "putBack":
          counts.putBack++;
          metrics.ended(event.queue, event.job, "put_back");
          break;
        case "tickSkipped":
          metrics.tickSkipped(event.schedule);
          break;
        case "ticksMissed":
          metrics.ticksMissed(event.schedule, event.count);
          break;
      }
    },
  };
}

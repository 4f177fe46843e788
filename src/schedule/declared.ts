import type { NewSchedule } from "../broker/schedules/schedulers.ts";
import type { CatalogSchedule } from "../discovery/catalog.ts";

/** A schedule of the catalog as the broker would hold it: JSON, with its owner. */
export function toNewSchedule(schedule: CatalogSchedule, app: string): NewSchedule {
  const { name, job, cron, everyMs, timezone, startMs, endMs, jitterMs = 0, args } = schedule;
  const { overlap, catchUp, catchUpWindowMs, priority } = schedule;
  return {
    name,
    queue: job.queue,
    job: job.name,
    cron,
    everyMs,
    timezone,
    startMs,
    endMs,
    jitterMs,
    args: JSON.parse(JSON.stringify(args)) as object,
    app,
    overlap,
    catchUp,
    catchUpWindowMs,
    priority,
  };
}

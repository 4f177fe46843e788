import type { NewSchedule } from "../broker/schedulers.ts";
import type { CatalogSchedule } from "../discovery/catalog.ts";

/** A schedule of the catalog as the broker would hold it: JSON, with its owner. */
export function toNewSchedule({ name, job, cron, everyMs, timezone, args }: CatalogSchedule, app: string): NewSchedule {
  return {
    name,
    queue: job.queue,
    job: job.name,
    cron,
    everyMs,
    timezone,
    args: JSON.parse(JSON.stringify(args)) as object,
    app,
  };
}

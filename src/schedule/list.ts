import type { Broker } from "../broker/broker.ts";
import { type NewSchedule, readSchedules, type StoredSchedule } from "../broker/schedulers.ts";
import { readQueueNames } from "../broker/store/queue-names.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { toNewSchedule } from "./declared.ts";
import { hasEnded } from "./has-ended.ts";
import { isSame, keyOf } from "./plan.ts";

/** One schedule, as `taskq schedule list` prints it. */
export interface ScheduleRow {
  readonly name: string;
  readonly job: string;
  readonly queue: string;
  readonly cron: string | null;
  readonly everyMs: number | null;
  readonly timezone: string;
  /** ISO 8601 in UTC; null where there is none, and then `reason` says why. */
  readonly next: string | null;
  readonly reason: string | null;
  /** `ok`: declared here and in the broker. `new`: not in the broker yet. `changed`: the broker has an older one. `orphan`: ours, no longer declared. `foreign`: another app's. `ended`: its end has come. */
  readonly state: "ok" | "new" | "changed" | "orphan" | "foreign" | "ended";
}

/** Every declared and every stored schedule, matched with each other. */
export async function listSchedules(broker: Broker, catalog: Catalog, app: string): Promise<ScheduleRow[]> {
  const queues = new Set([...catalog.queues, ...(await readQueueNames(broker))]);
  const stored = (await Promise.all([...queues].map((queue) => readSchedules(broker, queue)))).flat();
  const storedByKey = new Map(stored.map((schedule) => [keyOf(schedule), schedule]));
  const declared = catalog.schedules.map((schedule) => toNewSchedule(schedule, app));
  const declaredKeys = new Set(declared.map(keyOf));

  return [
    ...declared.map((schedule) => {
      const twin = storedByKey.get(keyOf(schedule));
      if (twin?.nextMs === undefined && hasEnded(schedule, Date.now())) return toRow(schedule, undefined, "ended");
      return toRow(schedule, twin?.nextMs, twin === undefined ? "new" : isSame(schedule, twin) ? "ok" : "changed");
    }),
    ...stored
      .filter((schedule) => !declaredKeys.has(keyOf(schedule)))
      .map((schedule) => toRow(schedule, schedule.nextMs, schedule.app === app ? "orphan" : "foreign")),
  ];
}

function toRow(
  schedule: NewSchedule | StoredSchedule,
  nextMs: number | undefined,
  state: ScheduleRow["state"],
): ScheduleRow {
  return {
    name: schedule.name,
    job: schedule.job,
    queue: schedule.queue,
    cron: schedule.cron ?? null,
    everyMs: schedule.everyMs ?? null,
    timezone: schedule.timezone ?? "UTC",
    next: nextMs === undefined ? null : new Date(nextMs).toISOString(),
    reason: nextMs === undefined ? whyNone(schedule) : null,
    state,
  };
}

function whyNone(schedule: NewSchedule | StoredSchedule): string {
  const isOver = hasEnded({ ...schedule, timezone: schedule.timezone ?? "UTC" }, Date.now());
  if (isOver) return `ended at ${new Date(schedule.endMs!).toISOString()}`;
  return "not in the broker yet: `taskq run-worker` puts it there";
}

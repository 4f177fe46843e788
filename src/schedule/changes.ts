import { isDeepStrictEqual } from "node:util";
import type { NewSchedule, StoredSchedule } from "../broker/schedules/schedulers.ts";
import { redactKeys } from "../definition/redact.ts";
import type { SyncPlan } from "./plan-sync.ts";

/** One field of a schedule that the broker has otherwise than it is declared. */
export interface ScheduleDifference {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What a sync does with one schedule, as `taskq schedule sync` prints it. */
export interface ScheduleChange {
  readonly name: string;
  readonly queue: string;
  /** `orphan`: no longer declared, and left there. `foreign`: another app's of the same name, and left alone. */
  readonly change: "create" | "update" | "remove" | "orphan" | "foreign";
  readonly cron: string | null;
  readonly everyMs: number | null;
  readonly timezone: string;
  /** Empty but with `update`. */
  readonly differences: readonly ScheduleDifference[];
}

/** The changes of a plan, by name. */
export function toChanges(plan: SyncPlan, redact: readonly string[]): ScheduleChange[] {
  return [
    ...plan.write.map(({ schedule, before }) =>
      before ? toChange("update", schedule, differencesOf(before, schedule, redact)) : toChange("create", schedule),
    ),
    ...plan.remove.filter(({ name }) => !isMoving(plan, name)).map((schedule) => toChange("remove", schedule)),
    ...plan.orphans.map((schedule) => toChange("orphan", schedule)),
    ...plan.foreign.map((schedule) => toChange("foreign", schedule)),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const isMoving = ({ write }: SyncPlan, name: string) => write.some(({ schedule }) => schedule.name === name);

function toChange(
  change: ScheduleChange["change"],
  { name, queue, cron, everyMs, timezone }: NewSchedule | StoredSchedule,
  differences: readonly ScheduleDifference[] = [],
): ScheduleChange {
  return {
    name,
    queue,
    change,
    cron: cron ?? null,
    everyMs: everyMs ?? null,
    timezone: timezone ?? "UTC",
    differences,
  };
}

function differencesOf(before: StoredSchedule, after: NewSchedule, redact: readonly string[]): ScheduleDifference[] {
  const [old, made] = [fieldsOf(before), fieldsOf(after)];
  const changed = Object.keys(made).filter((field) => !isDeepStrictEqual(old[field], made[field]));
  return changed.map(
    (field) =>
      ({ field, ...(redactKeys({ before: old[field], after: made[field] }, redact) as object) }) as ScheduleDifference,
  );
}

function fieldsOf(schedule: NewSchedule | StoredSchedule): Record<string, unknown> {
  const { job, queue, app, cron, everyMs, timezone, startMs, endMs, jitterMs = 0, args } = schedule;
  const { overlap, catchUp, catchUpWindowMs } = schedule;
  const words = { job, queue, app, cron, everyMs, timezone: cron === undefined ? undefined : timezone };
  const times = { startAt: toTime(startMs), endAt: toTime(endMs), jitterMs };
  const all: Record<string, unknown> = { ...words, ...times, overlap, catchUp, catchUpWindowMs, args };
  return Object.fromEntries(Object.entries(all).map(([field, value]) => [field, value ?? null]));
}

const toTime = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

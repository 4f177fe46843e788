import { isSchedule, type ScheduleDefinition } from "../definition/schedule.ts";

export interface CollectedSchedules {
  /** Each once, under however many names it is exported. */
  readonly definitions: readonly ScheduleDefinition[];
  /** What was likely meant as a schedule and is none, by its place in the file. */
  readonly strays: readonly (readonly [place: string, value: unknown])[];
}

/** The schedules that a file exports, alone or in arrays. */
export function collectSchedules(exports: Readonly<Record<string, unknown>>): CollectedSchedules {
  const places = Object.entries(exports).flatMap(([key, value]) => toPlaces(key, value));
  return {
    definitions: [...new Set(places.map(([, value]) => value).filter(isSchedule))],
    strays: places.filter(([, value]) => !isSchedule(value)),
  };
}

function toPlaces(key: string, value: unknown): [place: string, value: unknown][] {
  if (!Array.isArray(value)) return isMeant(value) ? [[key, value]] : [];
  return value.some(isMeant) ? value.map((item, index) => [`${key}[${index}]`, item]) : [];
}

/** A schedule, or an object that someone forgot to hand to `defineSchedule`. */
function isMeant(value: unknown): boolean {
  if (isSchedule(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return ("job" in value || "handler" in value) && ("cron" in value || "every" in value);
}

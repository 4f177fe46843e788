import { nextRun } from "../cron/next-run.ts";
import type { Timetable } from "../cron/timetable.ts";

/** Whether a schedule has an end, and no run is due between now and then. */
export function hasEnded(
  { cron, endMs, ...schedule }: Omit<Timetable, "cron"> & { readonly cron: string | undefined },
  nowMs: number,
): boolean {
  if (endMs === undefined) return false;
  return cron === undefined ? nowMs > endMs : nextRun({ ...schedule, cron, endMs }, nowMs) === undefined;
}

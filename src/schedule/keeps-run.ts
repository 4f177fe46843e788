import type { NewSchedule, StoredSchedule } from "../broker/schedules/schedulers.ts";

/**
 * Whether a schedule that is written anew keeps its next run: BullMQ makes it again for the same tick where the distance of an
 * `every` stays the same. That is not wanted where it is to start later. One whose end had come begins anew: none of the ticks since was due.
 */
export function keepsRun(before: StoredSchedule, after: NewSchedule, nowMs: number): boolean {
  const { queue, everyMs, startMs = 0 } = after;
  if (before.queue !== queue || everyMs === undefined || before.everyMs !== everyMs) return false;
  const { nextMs, endMs = Number.POSITIVE_INFINITY } = before;
  return nextMs !== undefined && endMs >= nowMs && startMs <= Math.max(nowMs, nextMs);
}

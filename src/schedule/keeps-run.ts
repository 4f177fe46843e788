import type { NewSchedule, StoredSchedule } from "../broker/schedulers.ts";

/**
 * Whether a schedule that is written anew keeps its next run: BullMQ makes it again for the same tick where the distance of an
 * `every` stays the same. That is not wanted where it is to start later, and there is none where its end had come.
 */
export function keepsRun(before: StoredSchedule, after: NewSchedule, nowMs: number): boolean {
  const { queue, everyMs, startMs = 0 } = after;
  if (before.queue !== queue || everyMs === undefined || before.everyMs !== everyMs) return false;
  return before.nextMs !== undefined && startMs <= Math.max(nowMs, before.nextMs);
}

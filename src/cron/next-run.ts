import { nextTick } from "./next-tick.ts";
import type { Tick } from "./tick.ts";
import type { Timetable } from "./timetable.ts";

/** A tick, and when the run for it is due. */
export interface Run extends Tick {
  readonly runMs: number;
}

/** The first run of a schedule that is due after a moment; undefined where its end has come. */
export function nextRun(timetable: Timetable, afterMs: number): Run | undefined {
  const {
    cron,
    timezone,
    startMs = Number.NEGATIVE_INFINITY,
    endMs = Number.POSITIVE_INFINITY,
    jitterMs = 0,
  } = timetable;
  const tick = nextTick(cron, timezone, Math.max(afterMs - jitterMs, startMs - 1));
  return tick && tick.atMs <= endMs ? { ...tick, runMs: tick.atMs + jitterMs } : undefined;
}

import { lateMs } from "./most-late.ts";

/** What becomes of ticks that came and went without a run: one run for all of them, none, or one for each. */
export type CatchUp = "once" | "skip" | "all";

export interface CatchUpOptions {
  readonly catchUp: CatchUp;
  /** A tick older than this, or than a minute if that is longer, is not caught up; undefined: however old. */
  readonly windowMs: number | undefined;
  readonly nowMs: number;
  /** A run for one of them, or for the tick after them, is on its way already. */
  readonly isServed: boolean;
}

/** More at a time would keep a queue busy with the past. */
const mostRuns = 100;

/** The ticks that get a run of their own after all; the others are missed. */
export function planCatchUp(ticks: readonly number[], options: CatchUpOptions): readonly number[] {
  const { catchUp, windowMs = Number.POSITIVE_INFINITY, nowMs, isServed } = options;
  const young = ticks.filter((tick) => nowMs - tick <= Math.max(windowMs, lateMs));
  if (catchUp === "all") return young.slice(-mostRuns);
  return catchUp === "once" && !isServed ? young.slice(-1) : [];
}

import type { CatchUp } from "./plan-catch-up.ts";

/** From when on a run that begins after its tick is one that was caught up. */
export const lateMs = 60_000;

/** How long after its tick a run may begin; undefined: however long. */
export function mostLate(catchUp: CatchUp, windowMs: number | undefined): number | undefined {
  if (catchUp === "skip") return lateMs;
  return windowMs === undefined ? undefined : Math.max(windowMs, lateMs);
}

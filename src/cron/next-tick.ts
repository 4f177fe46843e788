import { nearestTick } from "./nearest-tick.ts";
import type { Tick } from "./tick.ts";

/** The first tick after a moment, of one expression or of several that `joinCrons` has joined. */
export const nextTick = (cron: string, zone: string, afterMs: number): Tick | undefined =>
  nearestTick(cron, zone, afterMs, 1);

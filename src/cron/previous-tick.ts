import { nearestTick } from "./nearest-tick.ts";
import type { Tick } from "./tick.ts";

/** The last tick before a moment: `nextTick` of it finds that moment again, where one is due then. */
export const previousTick = (cron: string, zone: string, beforeMs: number): Tick | undefined =>
  nearestTick(cron, zone, beforeMs, -1);

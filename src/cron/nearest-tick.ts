import { namedTick } from "./named-tick.ts";
import { parseCron } from "./parse-cron.ts";
import { realTick } from "./real-tick.ts";
import { splitCrons } from "./split-crons.ts";
import type { Tick } from "./tick.ts";
import { type ZoneClock, zoneClock } from "./zone-clock.ts";

/** The tick next to a moment, which is none itself; of several expressions the nearest, and those of one moment are one. */
export function nearestTick(cron: string, zone: string, ms: number, step: 1 | -1): Tick | undefined {
  const clock = zoneClock(zone);
  let nearest: Tick | undefined;
  for (const expression of splitCrons(cron)) {
    const fields = parseCron(expression);
    const tick = fields.everyHour ? realTick(fields, clock, ms, step) : namedTick(fields, clock, ms, step);
    if (tick && (!nearest || isNearer(tick, nearest, clock, step))) nearest = tick;
  }
  return nearest;
}

/** Of two at one moment, the one that the clock shows. */
function isNearer(a: Tick, b: Tick, clock: ZoneClock, step: 1 | -1): boolean {
  return a.atMs === b.atMs ? a.wallMs === clock.wallAt(a.atMs) : (b.atMs - a.atMs) * step > 0;
}

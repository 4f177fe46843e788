import { findWall } from "./find-wall.ts";
import type { CronFields } from "./parse-cron.ts";
import type { Tick } from "./tick.ts";
import type { ZoneClock } from "./zone-clock.ts";

/**
 * The tick next to a moment of an expression that names hours of the clock. Each time that it names comes once: one that
 * the clock jumps over at the end of the jump, one that it shows twice the first time.
 */
export function namedTick(fields: CronFields, clock: ZoneClock, ms: number, step: 1 | -1): Tick | undefined {
  let wallMs = findWall(fields, startOf(clock, ms, step), step);
  while (wallMs !== undefined) {
    const tick = toTick(fields, clock, wallMs);
    if ((tick.atMs - ms) * step > 0) return tick;
    wallMs = findWall(fields, skipFold(clock, wallMs, step), step);
  }
  return undefined;
}

/** Backwards from the second pass of a fold, the first still lies ahead of the hands. */
function startOf(clock: ZoneClock, ms: number, step: 1 | -1): number {
  const wallMs = clock.wallAt(ms);
  if (step === 1) return wallMs;
  const place = clock.place(wallMs);
  return place.kind === "fold" && ms >= place.turn.atMs ? place.turn.atMs + place.turn.beforeMs : wallMs;
}

function toTick(fields: CronFields, clock: ZoneClock, wallMs: number): Tick {
  const place = clock.place(wallMs);
  if (place.kind !== "gap") return { atMs: place.atMs, wallMs };
  // Where the clock lands on a time that is named too, the two are one, and nothing is odd about it.
  const landingMs = place.turn.atMs + place.turn.afterMs;
  const isNamed = findWall(fields, landingMs - 1, 1) === landingMs;
  return { atMs: place.turn.atMs, wallMs: isNamed ? landingMs : wallMs };
}

/** The hands show it for the second time: what lies in there has been. */
function skipFold(clock: ZoneClock, wallMs: number, step: 1 | -1): number {
  const place = clock.place(wallMs);
  return step === 1 && place.kind === "fold" ? place.turn.atMs + place.turn.beforeMs - 1 : wallMs;
}

import { findWall } from "./find-wall.ts";
import type { CronFields } from "./parse-cron.ts";
import type { Tick } from "./tick.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** Longer than any clock was ever put forward or back: once, over the date line, it was a day. */
const nearMs = 25 * 3_600_000;

/**
 * The tick next to a moment of an expression of every hour. That means real time: when the clock is put back, both passes
 * count; when it is put forward, the ticks that it jumps over come when they would have come without the jump.
 */
export function realTick(fields: CronFields, clock: ZoneClock, ms: number, step: 1 | -1): Tick | undefined {
  const turn = clock.turnBetween(ms - nearMs, ms + nearMs);
  if (!turn) return plain(clock, findWall(fields, clock.wallAt(ms), step));

  const { atMs, beforeMs, afterMs } = turn;
  const oldEndMs = atMs + Math.max(beforeMs, afterMs);
  const oldFrom = step === 1 ? ms + beforeMs : Math.min(ms + beforeMs, oldEndMs);
  const newFrom = step === 1 ? Math.max(ms, atMs - 1) + afterMs : ms + afterMs;
  const ticks = [
    at(findWall(fields, oldFrom, step), beforeMs, (tick) => tick.wallMs < oldEndMs),
    at(findWall(fields, newFrom, step), afterMs, (tick) => tick.atMs >= atMs),
  ].filter((tick) => tick !== undefined);
  const [nearest] = ticks.sort((a, b) => (a.atMs - b.atMs) * step || shown(b, clock) - shown(a, clock));
  // Another turn may lie between.
  return nearest && Math.abs(nearest.atMs - ms) > nearMs ? plain(clock, nearest.wallMs) : nearest;
}

function at(wallMs: number | undefined, offsetMs: number, isRight: (tick: Tick) => boolean): Tick | undefined {
  if (wallMs === undefined) return undefined;
  const tick = { wallMs, atMs: wallMs - offsetMs };
  return isRight(tick) ? tick : undefined;
}

const shown = ({ atMs, wallMs }: Tick, clock: ZoneClock): number => Number(clock.wallAt(atMs) === wallMs);

function plain(clock: ZoneClock, wallMs: number | undefined): Tick | undefined {
  if (wallMs === undefined) return undefined;
  const place = clock.place(wallMs);
  return { wallMs, atMs: place.kind === "gap" ? wallMs - place.turn.beforeMs : place.atMs };
}

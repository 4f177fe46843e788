import type { Tick } from "./tick.ts";
import { zoneClock } from "./zone-clock.ts";

/** What a turn of the clock does to a tick: `gap`, the clock jumps over its time; `first` or `second` of two such times. */
export type ClockTurn = "gap" | "first" | "second";

/** What a turn of a zone's clock does to a tick; undefined where it does nothing. */
export function clockTurn({ atMs, wallMs }: Tick, zone: string): ClockTurn | undefined {
  const clock = zoneClock(zone);
  if (clock.wallAt(atMs) !== wallMs) return "gap";
  const place = clock.place(wallMs);
  if (place.kind !== "fold") return undefined;
  return atMs === place.atMs ? "first" : "second";
}

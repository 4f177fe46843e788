import { zoneClock } from "./zone-clock.ts";

/** A moment on the clock of a zone, as ISO 8601 to the second: `2026-03-29T03:00:00+02:00`. */
export function showMoment(ms: number, zone: string): string {
  const offsetMs = zoneClock(zone).offsetAt(ms);
  const away = new Date(Math.abs(offsetMs)).toISOString().slice(11, 16);
  return `${new Date(ms + offsetMs).toISOString().slice(0, 19)}${offsetMs < 0 ? "-" : "+"}${away}`;
}

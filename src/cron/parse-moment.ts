import { zoneClock } from "./zone-clock.ts";

export interface MomentOptions {
  /** The zone whose clock a text without one is read on. */
  readonly zone: string;
  /** Whether a day alone is its first moment or its last. Default its first. */
  readonly isEnd?: boolean;
}

const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** A moment as people write one: a Date, or ISO 8601, on the clock of a zone where it names none. Undefined where it is none. */
export function parseMoment(value: unknown, { zone, isEnd = false }: MomentOptions): number | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime();
  const [, day, time = "00:00", seconds = "", offset] = (typeof value === "string" && iso.exec(value)) || [];
  if (day === undefined) return undefined;

  // `Date` takes February 30th for March 2nd.
  const midnightMs = Date.parse(`${day}T00:00Z`);
  if (Number.isNaN(midnightMs) || new Date(midnightMs).toISOString().slice(0, 10) !== day) return undefined;
  const wallMs = Date.parse(`${day}T${time}${seconds}Z`);
  if (Number.isNaN(wallMs)) return undefined;
  if (offset !== undefined) {
    const ms = Date.parse(`${day}T${time}${seconds}${offset}`);
    return Number.isNaN(ms) ? undefined : ms;
  }
  const isDay = (value as string).length === day.length;
  return isDay && isEnd ? placed(zone, wallMs + 86_400_000) - 1 : placed(zone, wallMs);
}

function placed(zone: string, wallMs: number): number {
  const place = zoneClock(zone).place(wallMs);
  return place.kind === "gap" ? place.turn.atMs : place.atMs;
}

/** A moment at which the clocks of a zone are put forward or back. */
export interface Turn {
  readonly atMs: number;
  /** What the clock is ahead of UTC. */
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** Where a time that the hands of a clock show lies in real time. */
export type Place =
  | { readonly kind: "plain"; readonly atMs: number }
  /** The hands jump over it. */
  | { readonly kind: "gap"; readonly turn: Turn }
  /** The hands show it twice. */
  | { readonly kind: "fold"; readonly atMs: number; readonly againMs: number; readonly turn: Turn };

/** The clock of one zone. */
export interface ZoneClock {
  /** What the clock is ahead of UTC. */
  readonly offsetAt: (ms: number) => number;
  /** What the hands show, counted as UTC counts. */
  readonly wallAt: (ms: number) => number;
  /** The first turn with `afterMs < turn.atMs <= untilMs`; the two are a day or so apart. */
  readonly turnBetween: (afterMs: number, untilMs: number) => Turn | undefined;
  readonly place: (wallMs: number) => Place;
}

interface Day {
  readonly offsetMs: number;
  readonly turn: Turn | undefined;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const mostDays = 5_000;
const clocks = new Map<string, ZoneClock>();

/** The clock of a zone, by Node's own time zone data. Throws a RangeError for a zone that this does not know. */
export function zoneClock(zone: string): ZoneClock {
  const clock = clocks.get(zone) ?? createClock(zone);
  clocks.set(zone, clock);
  return clock;
}

function createClock(timeZone: string): ZoneClock {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  // To ask Intl costs more than all the rest: once a day is enough, since no zone turns twice in one.
  const days = new Map<number, Day>();

  function ask(ms: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
    const wallMs = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second);
    return wallMs - Math.floor(ms / 1_000) * 1_000;
  }

  function dayOf(number: number): Day {
    const known = days.get(number);
    if (known) return known;
    const [start, end] = [number * dayMs, (number + 1) * dayMs];
    const [offsetMs, after] = [ask(start), ask(end)];
    const day = { offsetMs, turn: offsetMs === after ? undefined : findTurn(start, end, offsetMs, after) };
    if (days.size >= mostDays) days.clear();
    days.set(number, day);
    return day;
  }

  /** Zones turn on a whole second. */
  function findTurn(start: number, end: number, beforeMs: number, afterMs: number): Turn {
    let [low, high] = [start / 1_000, end / 1_000];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (ask(middle * 1_000) === beforeMs) low = middle;
      else high = middle;
    }
    return { atMs: high * 1_000, beforeMs, afterMs };
  }

  function offsetAt(ms: number): number {
    const { offsetMs, turn } = dayOf(Math.floor(ms / dayMs));
    return turn && ms >= turn.atMs ? turn.afterMs : offsetMs;
  }

  function turnBetween(afterMs: number, untilMs: number): Turn | undefined {
    for (let number = Math.floor(afterMs / dayMs) - 1; number <= Math.floor(untilMs / dayMs); number++) {
      const { turn } = dayOf(number);
      if (turn && turn.atMs > afterMs && turn.atMs <= untilMs) return turn;
    }
    return undefined;
  }

  function place(wallMs: number): Place {
    // Clocks are at most 14 hours ahead of UTC, and 12 behind.
    const [earlyMs, lateMs] = [wallMs - 14 * hourMs, wallMs + 12 * hourMs];
    const offsetMs = offsetAt(earlyMs);
    if (offsetMs === offsetAt(lateMs)) return { kind: "plain", atMs: wallMs - offsetMs };

    const turn = turnBetween(earlyMs, lateMs)!;
    const [atMs, againMs] = [wallMs - turn.beforeMs, wallMs - turn.afterMs];
    if (atMs < turn.atMs) return againMs < turn.atMs ? { kind: "plain", atMs } : { kind: "fold", atMs, againMs, turn };
    return againMs < turn.atMs ? { kind: "gap", turn } : { kind: "plain", atMs: againMs };
  }

  return { offsetAt, wallAt: (ms) => ms + offsetAt(ms), turnBetween, place };
}

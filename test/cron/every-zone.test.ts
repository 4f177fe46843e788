import { CronExpressionParser } from "cron-parser";
import { expect, test } from "vitest";
import { nextTick } from "../../src/cron/next-tick.ts";
import { previousTick } from "../../src/cron/previous-tick.ts";
import { zoneClock } from "../../src/cron/zone-clock.ts";

const dayMs = 86_400_000;
const zones = Intl.supportedValuesOf("timeZone");

/** The same numbers at every run: a failure can be looked at again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

function* walk(cron: string, zone: string, fromMs: number, untilMs: number) {
  for (
    let tick = nextTick(cron, zone, fromMs - 1);
    tick && tick.atMs < untilMs;
    tick = nextTick(cron, zone, tick.atMs)
  ) {
    yield tick;
  }
}

const year = (of: number) => Date.UTC(of, 0, 1);

test("in every zone that Node knows, a daily schedule runs once on each local day, whatever its hour", () => {
  const random = numbers(7);
  for (const zone of zones) {
    const clock = zoneClock(zone);
    // Of most zones a time in the night, where clocks turn.
    const cron = `${random(60)} ${random(4) === 0 ? 23 : random(5)} * * *`;
    const days = [...walk(cron, zone, year(2026), year(2027))].map(({ wallMs }) => Math.floor(wallMs / dayMs));
    const expected = Array.from({ length: days.at(-1)! - days[0]! + 1 }, (_, at) => days[0]! + at);
    expect(days, `${zone} ${cron}`).toEqual(expected);
    expect(days.length, `${zone} ${cron}`).toBeGreaterThanOrEqual(364);
    expect(clock.offsetAt(year(2026)), zone).toBeTypeOf("number");
  }
});

test("in every zone, a schedule of every half hour runs each real half hour", () => {
  for (const zone of zones) {
    // Around the turns of a year: from one month to the next the offset differs, or it does not.
    const clock = zoneClock(zone);
    for (let month = 0; month < 12; month++) {
      const [from, until] = [Date.UTC(2026, month, 1), Date.UTC(2026, month + 1, 1)];
      const turn = clock.turnBetween(from, until);
      if (!turn) continue;
      const ticks = [...walk("*/30 * * * *", zone, turn.atMs - dayMs, turn.atMs + dayMs)].map(({ atMs }) => atMs);
      const distances = new Set(ticks.slice(1).map((atMs, at) => atMs - ticks[at]!));
      expect([...distances], zone).toEqual([1_800_000]);
    }
  }
});

test("where no clock turns, the ticks are those of BullMQ's engine, forth and back", () => {
  const random = numbers(42);
  const some = (least: number, most: number) => least + random(most - least + 1);
  const field = (least: number, most: number, extras: readonly string[] = []) => {
    const kinds = [
      "*",
      `${some(least, most)}`,
      `*/${some(1, 9)}`,
      `${some(least, least + 5)}-${some(least + 5, most)}`,
    ];
    const lists = [`${some(least, least + 2)},${some(least + 3, most)}`];
    const all = [...kinds, ...lists, ...extras];
    return all[random(all.length)]!;
  };
  for (let round = 0; round < 300; round++) {
    const days = field(1, 28, ["L", "15,L", "?", "31"]);
    const weekdays = field(0, 6, ["MON-FRI", "1#2", "5L", "7", "SUN,WED", "*"]);
    const month = days === "31" ? "1,3,12" : field(1, 12, ["JAN", "FEB-APR", "*"]);
    const seconds = random(3) === 0 ? `${field(0, 59)} ` : "";
    const cron = `${seconds}${field(0, 59)} ${field(0, 23)} ${days} ${month} ${weekdays}`;
    const from = year(2026) + random(1_000) * dayMs + random(dayMs);

    const engine = CronExpressionParser.parse(cron, { tz: "UTC", currentDate: new Date(from) });
    const expected = [engine.next().getTime(), engine.next().getTime()];
    const ours = nextTick(cron, "UTC", from)!;
    expect([ours.atMs, nextTick(cron, "UTC", ours.atMs)!.atMs], cron).toEqual(expected);
    engine.reset(new Date(from));
    expect(previousTick(cron, "UTC", from)!.atMs, cron).toBe(engine.prev().getTime());
  }
});

test("a tick costs little: a thousand in well under a second", () => {
  const started = performance.now();
  for (let at = 0; at < 1_000; at++) nextTick(`${at % 60} ${at % 24} * * *`, zones[at % 40]!, year(2026) + at * dayMs);
  expect(performance.now() - started).toBeLessThan(1_000);
});

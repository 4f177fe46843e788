import { expect, test } from "vitest";
import { clockTurn } from "../../src/cron/clock-turn.ts";
import { nextTick } from "../../src/cron/next-tick.ts";
import { previousTick } from "../../src/cron/previous-tick.ts";
import { zoneClock } from "../../src/cron/zone-clock.ts";

/** `<UTC> <the clock>`, and what a turn does to it. */
function ticks(cron: string, zone: string, from: string, count: number): string[] {
  const found: string[] = [];
  let ms = Date.parse(from);
  for (let at = 0; at < count; at++) {
    const tick = nextTick(cron, zone, ms)!;
    const text = (of: number) => new Date(of).toISOString().slice(5, 16);
    const turn = clockTurn(tick, zone);
    const odd = turn === "gap" ? ` (not ${text(tick.wallMs).slice(6)})` : turn ? ` (${turn})` : "";
    found.push(`${text(tick.atMs)}Z ${text(zoneClock(zone).wallAt(tick.atMs)).slice(6)}${odd}`);
    ms = tick.atMs;
  }
  // Each turn is walked back as it was walked forth.
  for (let at = count - 1; at > 0; at--) {
    const before = previousTick(cron, zone, ms)!;
    expect(nextTick(cron, zone, before.atMs)?.atMs).toBe(ms);
    ms = before.atMs;
  }
  expect(nextTick(cron, zone, Date.parse(from))?.atMs).toBe(ms);
  return found;
}

const turns: [zone: string, cron: string, from: string, expected: string[]][] = [
  // Daily, in a gap and in a fold: once each local day.
  [
    "Europe/Berlin",
    "30 2 * * *",
    "2026-03-27T12:00Z",
    ["03-28T01:30Z 02:30", "03-29T01:00Z 03:00 (not 02:30)", "03-30T00:30Z 02:30"],
  ],
  ["Europe/Berlin", "30 2 * * *", "2026-10-24T12:00Z", ["10-25T00:30Z 02:30 (first)", "10-26T01:30Z 02:30"]],
  ["America/New_York", "30 2 * * *", "2026-03-07T12:00Z", ["03-08T07:00Z 03:00 (not 02:30)", "03-09T06:30Z 02:30"]],
  ["America/New_York", "30 1 * * *", "2026-10-31T12:00Z", ["11-01T05:30Z 01:30 (first)", "11-02T06:30Z 01:30"]],
  ["Australia/Lord_Howe", "10 2 * * *", "2026-10-03T12:00Z", ["10-03T15:30Z 02:30 (not 02:10)", "10-04T15:10Z 02:10"]],
  ["Australia/Lord_Howe", "45 1 * * *", "2026-04-04T12:00Z", ["04-04T14:45Z 01:45 (first)", "04-05T15:15Z 01:45"]],
  ["America/Santiago", "0 0 * * *", "2026-09-05T12:00Z", ["09-06T04:00Z 01:00 (not 00:00)", "09-07T03:00Z 00:00"]],
  ["America/Santiago", "30 23 * * *", "2026-04-04T12:00Z", ["04-05T02:30Z 23:30 (first)", "04-06T03:30Z 23:30"]],
  ["Africa/Cairo", "30 0 * * *", "2026-04-23T12:00Z", ["04-23T22:00Z 01:00 (not 00:30)", "04-24T21:30Z 00:30"]],
  ["Africa/Cairo", "30 23 * * *", "2026-10-29T12:00Z", ["10-29T20:30Z 23:30 (first)", "10-30T21:30Z 23:30"]],
  ["Asia/Kathmandu", "30 2 * * *", "2026-03-28T12:00Z", ["03-28T20:45Z 02:30", "03-29T20:45Z 02:30"]],
  ["UTC", "30 2 * * *", "2026-03-28T12:00Z", ["03-29T02:30Z 02:30", "03-30T02:30Z 02:30"]],
  // Every hour and every half hour: real time goes on.
  [
    "Europe/Berlin",
    "0 * * * *",
    "2026-03-28T23:59Z",
    ["03-29T00:00Z 01:00", "03-29T01:00Z 03:00", "03-29T02:00Z 04:00"],
  ],
  [
    "Europe/Berlin",
    "0 * * * *",
    "2026-10-24T23:59Z",
    ["10-25T00:00Z 02:00 (first)", "10-25T01:00Z 02:00 (second)", "10-25T02:00Z 03:00"],
  ],
  [
    "Europe/Berlin",
    "*/30 * * * *",
    "2026-03-29T00:29Z",
    ["03-29T00:30Z 01:30", "03-29T01:00Z 03:00", "03-29T01:30Z 03:30"],
  ],
  [
    "Europe/Berlin",
    "*/30 * * * *",
    "2026-10-25T00:01Z",
    ["10-25T00:30Z 02:30 (first)", "10-25T01:00Z 02:00 (second)", "10-25T01:30Z 02:30 (second)", "10-25T02:00Z 03:00"],
  ],
  [
    "Australia/Lord_Howe",
    "*/30 * * * *",
    "2026-10-03T14:59Z",
    ["10-03T15:00Z 01:30", "10-03T15:30Z 02:30", "10-03T16:00Z 03:00"],
  ],
  [
    "Australia/Lord_Howe",
    "*/30 * * * *",
    "2026-04-04T14:29Z",
    ["04-04T14:30Z 01:30 (first)", "04-04T15:00Z 01:30 (second)", "04-04T15:30Z 02:00"],
  ],
  // A clock that is put forward by half an hour: an hour is never longer than one.
  [
    "Australia/Lord_Howe",
    "0 * * * *",
    "2026-10-03T14:29Z",
    ["10-03T14:30Z 01:00", "10-03T15:30Z 02:30 (not 02:00)", "10-03T16:00Z 03:00"],
  ],
  [
    "Australia/Lord_Howe",
    "20,35 * * * *",
    "2026-10-03T15:01Z",
    ["10-03T15:05Z 01:35", "10-03T15:35Z 02:35", "10-03T15:50Z 02:50 (not 02:20)", "10-03T16:20Z 03:20"],
  ],
  // Hours that are named: what is jumped over falls together at the end of the jump.
  [
    "Europe/Berlin",
    "*/20 1-3 * * *",
    "2026-03-29T00:39Z",
    ["03-29T00:40Z 01:40", "03-29T01:00Z 03:00", "03-29T01:20Z 03:20"],
  ],
  ["Europe/Berlin", "*/20 2 * * *", "2026-03-29T00:00Z", ["03-29T01:00Z 03:00 (not 02:00)", "03-30T00:00Z 02:00"]],
  [
    "Europe/Berlin",
    "0 1-4 * * *",
    "2026-10-24T22:01Z",
    ["10-24T23:00Z 01:00", "10-25T00:00Z 02:00 (first)", "10-25T02:00Z 03:00"],
  ],
  // A whole day that is not there.
  [
    "Pacific/Apia",
    "0 12 * * *",
    "2011-12-29T12:00Z",
    ["12-29T22:00Z 12:00", "12-30T10:00Z 00:00 (not 12:00)", "12-30T22:00Z 12:00"],
  ],
  // Several expressions: the earliest wins, and two of one moment are one, that which the clock shows.
  [
    "UTC",
    "0 8 * * * | 30 7,8 * * * | 0 8 * * MON",
    "2026-03-02T00:00Z",
    ["03-02T07:30Z 07:30", "03-02T08:00Z 08:00", "03-02T08:30Z 08:30", "03-03T07:30Z 07:30"],
  ],
  ["Europe/Berlin", "30 2 * * * | 0 3 * * *", "2026-03-29T00:00Z", ["03-29T01:00Z 03:00", "03-30T00:30Z 02:30"]],
  ["UTC", "0 0 29 2 *", "2026-03-01T00:00Z", ["02-29T00:00Z 00:00", "02-29T00:00Z 00:00"]],
  ["UTC", "0 0 L * *", "2026-02-01T00:00Z", ["02-28T00:00Z 00:00", "03-31T00:00Z 00:00"]],
];

test.each(turns)("in %s, %s after %s", (zone, cron, from, expected) => {
  expect(ticks(cron, zone, from, expected.length)).toEqual(expected);
});

test("seconds are named too, through a gap and through a fold", () => {
  const at = (ms: string) => new Date(nextTick("*/20 30 2 * * *", "Europe/Berlin", Date.parse(ms))!.atMs).toISOString();

  expect(at("2026-03-29T00:00:00Z")).toBe("2026-03-29T01:00:00.000Z");
  expect(at("2026-03-29T01:00:00Z")).toBe("2026-03-30T00:30:00.000Z");
  expect(at("2026-10-25T00:30:20Z")).toBe("2026-10-25T00:30:40.000Z");
  expect(at("2026-10-25T00:30:40Z")).toBe("2026-10-26T01:30:00.000Z");
  expect(at("2026-06-01T00:30:00.001Z")).toBe("2026-06-01T00:30:20.000Z");
});

test("the second pass of a fold ends at once for a schedule of every second in it", () => {
  const after = Date.parse("2026-10-25T01:00:00Z");
  expect(new Date(nextTick("* * 2 * * *", "Europe/Berlin", after)!.atMs).toISOString()).toBe(
    "2026-10-26T01:00:00.000Z",
  );
});

test("a zone that is none throws", () => {
  expect(() => nextTick("0 8 * * *", "Mars/Base", 0)).toThrow(RangeError);
});

import { expect, test } from "vitest";
import { nextRuns } from "../../src/cron/next.ts";

const noon = new Date("2026-03-02T12:00:00Z");
const runs = (cron: string, timezone: string, count: number) =>
  nextRuns({ cron, timezone }, noon, count).map((date) => date.toISOString());

test("the next ticks come in order, without the moment itself", () => {
  expect(runs("0 12 * * *", "UTC", 2)).toEqual(["2026-03-03T12:00:00.000Z", "2026-03-04T12:00:00.000Z"]);
});

test("a cron is read in its zone", () => {
  expect(runs("0 8 * * *", "Europe/Berlin", 1)).toEqual(["2026-03-03T07:00:00.000Z"]);
  expect(runs("30 18 * * *", "Asia/Kolkata", 1)).toEqual(["2026-03-02T13:00:00.000Z"]);
});

test("a first field of six is the second", () => {
  expect(runs("*/20 * * * * *", "UTC", 2)).toEqual(["2026-03-02T12:00:20.000Z", "2026-03-02T12:00:40.000Z"]);
});

test("a short form has ticks", () => {
  expect(runs("@monthly", "UTC", 1)).toEqual(["2026-04-01T00:00:00.000Z"]);
});

test("the 29th of February waits for its year", () => {
  expect(runs("0 0 29 2 *", "UTC", 1)).toEqual(["2028-02-29T00:00:00.000Z"]);
});

test("of none there are none", () => {
  expect(runs("* * * * *", "UTC", 0)).toEqual([]);
});

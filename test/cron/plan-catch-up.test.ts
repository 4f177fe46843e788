import { expect, test } from "vitest";
import { mostLate } from "../../src/cron/most-late.ts";
import { type CatchUp, planCatchUp } from "../../src/cron/plan-catch-up.ts";

const ticks = [100_000, 200_000, 300_000, 400_000];
const plan = (catchUp: CatchUp, said: { windowMs?: number; isServed?: boolean } = {}) =>
  planCatchUp(ticks, { windowMs: undefined, isServed: false, nowMs: 500_000, ...said, catchUp });

test("once: the latest, unless a run is on its way", () => {
  expect(plan("once")).toEqual([400_000]);
  expect(plan("once", { isServed: true })).toEqual([]);
  expect(plan("once", { windowMs: 99_000 })).toEqual([]);
});

test("all: those of the window, in order, and never more than a hundred", () => {
  expect(plan("all", { isServed: true })).toEqual(ticks);
  expect(plan("all", { windowMs: 200_000 })).toEqual([300_000, 400_000]);
  const many = Array.from({ length: 300 }, (_none, at) => at);
  expect(planCatchUp(many, { catchUp: "all", windowMs: undefined, isServed: false, nowMs: 300 })).toEqual(
    many.slice(200),
  );
});

test("a window of less than a minute is a minute", () => {
  expect(planCatchUp([1_000, 2_000], { catchUp: "all", windowMs: 500, isServed: false, nowMs: 61_500 })).toEqual([
    2_000,
  ]);
});

test("skip: none", () => expect(plan("skip")).toEqual([]));

test("how late a run may begin: a minute with skip, else the window, and never less than a minute", () => {
  expect(mostLate("skip", undefined)).toBe(60_000);
  expect(mostLate("once", undefined)).toBeUndefined();
  expect(mostLate("all", 1_000)).toBe(60_000);
  expect(mostLate("all", 90_000)).toBe(90_000);
});

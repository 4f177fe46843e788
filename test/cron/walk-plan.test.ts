import { expect, test } from "vitest";
import { tickAfter, walkPlan } from "../../src/cron/walk-plan.ts";

const dayMs = 86_400_000;
const hourly = { cron: "0 * * * *", everyMs: undefined, timezone: "UTC" };
const evenly = { cron: undefined, everyMs: 1_000, timezone: undefined };
const at = (time: string) => Date.parse(`2026-11-24T${time}Z`);

test("the ticks from one on, it too, to before another", () => {
  expect(walkPlan(hourly, at("10:00:00"), at("13:00:00"))).toEqual({
    count: 3,
    firstMs: at("10:00:00"),
    latest: [at("10:00:00"), at("11:00:00"), at("12:00:00")],
    isCut: false,
  });
  expect(walkPlan(evenly, 5_000, 8_000)).toEqual({
    count: 3,
    firstMs: 5_000,
    latest: [5_000, 6_000, 7_000],
    isCut: false,
  });
  expect(walkPlan(evenly, 5_000, 5_000)).toMatchObject({ count: 0, latest: [] });
});

test("a long walk counts all ticks and keeps the latest thousand; one without end is cut", () => {
  const even = walkPlan(evenly, 0, dayMs);
  expect([even.count, even.latest.length, even.latest.at(-1)]).toEqual([86_400, 1_000, dayMs - 1_000]);

  const cut = walkPlan({ ...hourly, cron: "* * * * *" }, 0, 365 * dayMs);
  expect([cut.count, cut.latest.length, cut.isCut]).toEqual([10_000, 1_000, true]);
});

test("a plan that never comes again has no next tick", () => {
  expect(tickAfter({ ...hourly, cron: "0 0 31 4 *" }, 0)).toBeUndefined();
});

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

test("a long walk counts all ticks and keeps the latest thousand; one without end is cut, and has them too", () => {
  const even = walkPlan(evenly, 0, dayMs);
  expect([even.count, even.latest.length, even.latest.at(-1)]).toEqual([86_400, 1_000, dayMs - 1_000]);

  const cut = walkPlan({ ...hourly, cron: "* * * * *" }, 0, 365 * dayMs);
  expect([cut.count, cut.latest.length, cut.isCut]).toEqual([10_000, 1_000, true]);
  expect([cut.firstMs, cut.latest[0], cut.latest.at(-1)]).toEqual([
    0,
    365 * dayMs - 1_000 * 60_000,
    365 * dayMs - 60_000,
  ]);
});

test("a plan that never comes again has no next tick", () => {
  expect(tickAfter({ ...hourly, cron: "0 0 31 4 *" }, 0)).toBeUndefined();
});

test("the latest of very many are those that a shorter walk finds, with jitter, an end and a clock that turns", () => {
  const plan = { ...hourly, cron: "*/5 * * * * | 3 * * * *", timezone: "Europe/Berlin", jitterMs: 7_000 };
  const turnMs = Date.parse("2026-10-25T01:30:00Z");
  for (const [endMs, toMs] of [
    [undefined, turnMs],
    [undefined, turnMs + 12_345],
    [undefined, turnMs + 2 * 60_000 + 7_000],
    [turnMs - 60_000, turnMs + dayMs],
  ] as const) {
    const cut = walkPlan({ ...plan, endMs }, turnMs - 60 * dayMs, toMs);
    const short = walkPlan({ ...plan, endMs }, turnMs - 10 * dayMs, toMs);

    expect([cut.isCut, short.isCut]).toEqual([true, false]);
    expect(cut.latest).toEqual(short.latest);
  }
});

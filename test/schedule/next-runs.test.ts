import { expect, test } from "vitest";
import { nextRuns } from "../../src/schedule/next-runs.ts";

const at = (text: string) => Date.parse(text);
const daily = { name: "daily", cron: "30 2 * * *", everyMs: undefined, timezone: "Europe/Berlin" };
const from = (text: string, count = 2) => ({ count, fromMs: at(text), zone: undefined });

test("each run says its moment, the local time and what the clock's turn does to it", () => {
  expect(nextRuns(daily, from("2026-03-28T12:00Z", 1))).toEqual({
    name: "daily",
    cron: "30 2 * * *",
    everyMs: null,
    timezone: "Europe/Berlin",
    runs: [{ at: "2026-03-29T01:00:00.000Z", local: "2026-03-29T03:00:00+02:00", turn: "gap", named: "02:30:00" }],
    reason: null,
  });
  expect(nextRuns({ ...daily, cron: "30 * * * *" }, from("2026-10-25T00:00Z")).runs).toEqual([
    { at: "2026-10-25T00:30:00.000Z", local: "2026-10-25T02:30:00+02:00", turn: "first", named: null },
    { at: "2026-10-25T01:30:00.000Z", local: "2026-10-25T02:30:00+01:00", turn: "second", named: null },
  ]);
});

test("local times may be shown elsewhere, and jitter is in them", () => {
  const options = { ...from("2026-03-28T12:00Z", 1), zone: "America/St_Johns" };
  expect(nextRuns({ ...daily, jitterMs: 5_000 }, options).runs).toEqual([
    { at: "2026-03-29T01:00:05.000Z", local: "2026-03-28T22:30:05-02:30", turn: "gap", named: "02:30:00" },
  ]);
});

test("an `every` counts from its next run in the broker, else from its start, else it cannot be told", () => {
  const hourly = { name: "hourly", cron: undefined, everyMs: 3_600_000, timezone: "UTC" };
  const times = (more: object, text: string) =>
    nextRuns({ ...hourly, ...more }, from(text)).runs.map((run) => run.at.slice(0, 16));

  expect(times({ nextMs: at("2026-01-01T10:07Z") }, "2026-01-01T08:00Z")).toEqual([
    "2026-01-01T10:07",
    "2026-01-01T11:07",
  ]);
  expect(times({ nextMs: at("2026-01-01T10:07Z") }, "2026-01-01T12:07Z")).toEqual([
    "2026-01-01T13:07",
    "2026-01-01T14:07",
  ]);
  expect(times({ startMs: at("2026-02-01T00:00Z") }, "2026-01-01T12:07Z")).toEqual([
    "2026-02-01T00:00",
    "2026-02-01T01:00",
  ]);
  expect(nextRuns(hourly, from("2026-01-01"))).toMatchObject({ runs: [], reason: expect.stringContaining("--stored") });
});

test("what has an end stops there, and says so", () => {
  const ended = { ...daily, endMs: at("2026-03-29T12:00Z") };
  expect(nextRuns(ended, from("2026-03-28T12:00Z"))).toMatchObject({
    runs: [{ at: "2026-03-29T01:00:00.000Z" }],
    reason: "its end is 2026-03-29T12:00:00.000Z",
  });
});

test("another program's nonsense is a reason, not a crash", () => {
  const reason = "its cron or its zone cannot be read";
  expect(nextRuns({ ...daily, cron: "nonsense" }, from("2026-03-28"))).toMatchObject({ runs: [], reason });
  expect(nextRuns({ ...daily, timezone: "Mars/Base" }, from("2026-03-28"))).toMatchObject({ runs: [], reason });
});

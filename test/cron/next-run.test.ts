import { expect, test } from "vitest";
import { nextRun } from "../../src/cron/next-run.ts";

const daily = { cron: "0 8 * * *", timezone: "UTC" };
const at = (text: string) => Date.parse(text);
const run = (...[timetable, after]: [Parameters<typeof nextRun>[0], string]) => {
  const next = nextRun(timetable, at(after));
  return next && new Date(next.runMs).toISOString();
};

test("a run is due so long after its tick as its jitter says, also while that passes", () => {
  const late = { ...daily, jitterMs: 90_000 };
  expect(run(late, "2026-01-01T00:00Z")).toBe("2026-01-01T08:01:30.000Z");
  expect(run(late, "2026-01-01T08:01Z")).toBe("2026-01-01T08:01:30.000Z");
  expect(run(late, "2026-01-01T08:01:30Z")).toBe("2026-01-02T08:01:30.000Z");
});

test("start and end are ticks' moments, and belong to it", () => {
  const bounded = { ...daily, startMs: at("2026-02-01T08:00Z"), endMs: at("2026-02-02T08:00Z"), jitterMs: 1_000 };
  expect(run(bounded, "2026-01-01T00:00Z")).toBe("2026-02-01T08:00:01.000Z");
  expect(run(bounded, "2026-02-01T12:00Z")).toBe("2026-02-02T08:00:01.000Z");
  expect(run(bounded, "2026-02-02T08:00:01Z")).toBeUndefined();
});

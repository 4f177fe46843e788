import { expect, test } from "vitest";
import type { NewSchedule, StoredSchedule } from "../../src/broker/schedules/schedulers.ts";
import { planSchedules } from "../../src/schedule/plan.ts";

const declared: NewSchedule = {
  name: "nightly",
  queue: "work",
  job: "work.tidy",
  cron: "0 3 * * *",
  everyMs: undefined,
  timezone: "UTC",
  args: { deep: [1, { a: 2 }] },
  app: "mine",
  overlap: "skip",
  catchUp: "once",
  catchUpWindowMs: undefined,
  priority: 0,
};
const stored: StoredSchedule = { ...structuredClone(declared), nextMs: 1 };

test("a schedule that the broker does not hold is written", () => {
  expect(planSchedules([declared], [], "mine")).toEqual({
    write: [{ schedule: declared, before: undefined }],
    remove: [],
    foreign: [],
  });
});

test("an equal one is left alone, overdue or not", () => {
  expect(planSchedules([declared], [stored], "mine")).toEqual({ write: [], remove: [], foreign: [] });
});

const changes: Partial<NewSchedule>[] = [
  { cron: "0 4 * * *" },
  { cron: undefined, everyMs: 60_000 },
  { timezone: "Europe/Berlin" },
  { job: "work.sweep" },
  { args: { deep: [1, { a: 3 }] } },
  { overlap: "queue" },
  { priority: 3 },
  { catchUp: "all", catchUpWindowMs: 1_000 },
];

for (const change of changes) {
  test(`a change of ${Object.keys(change).join(" and ")} is written, with what it replaces`, () => {
    const changed = { ...declared, ...change };

    const plan = planSchedules([changed], [stored], "mine");

    expect(plan).toEqual({ write: [{ schedule: changed, before: stored }], remove: [], foreign: [] });
  });
}

test("the zone of an `every` does not matter", () => {
  const every = { ...declared, cron: undefined, everyMs: 1_000 };

  expect(planSchedules([every], [{ ...every, timezone: undefined, nextMs: 1 }], "mine").write).toEqual([]);
});

test("ours that is no longer declared is removed; another app's and a raw producer's are not", () => {
  const others = [
    { ...stored, name: "theirs", app: "other" },
    { ...stored, name: "raw", app: undefined },
  ];

  expect(planSchedules([], [stored, ...others], "mine")).toEqual({
    write: [],
    remove: [stored],
    foreign: [],
  });
});

test("another app's of the same name in the same queue is left alone, and said; a raw producer's is taken over", () => {
  expect(planSchedules([declared], [{ ...stored, app: "other" }], "mine")).toEqual({
    write: [],
    remove: [],
    foreign: [declared],
  });
  expect(planSchedules([declared], [{ ...stored, app: undefined }], "mine").write).toHaveLength(1);
});

test("one that moved to another queue is written there with what it was, and removed here", () => {
  const moved = { ...declared, queue: "mail" };

  expect(planSchedules([moved], [stored], "mine")).toEqual({
    write: [{ schedule: moved, before: stored }],
    remove: [stored],
    foreign: [],
  });
});

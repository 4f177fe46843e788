import { expect, test } from "vitest";
import { renderSchedules } from "../../../src/render/schedule/list.ts";
import type { ScheduleRow } from "../../../src/schedule/row.ts";
import { colored, plain } from "../style.ts";

const nowMs = Date.parse("2026-11-24T12:00:00Z");
const digest: ScheduleRow = {
  name: "accounts.digest",
  job: "accounts.sendDailyDigest",
  queue: "accounts",
  cron: "0 8 * * *",
  everyMs: null,
  timezone: "Europe/Berlin",
  next: "2026-11-25T07:00:00.000Z",
  reason: null,
  warning: null,
  overdue: false,
  last: null,
  runs: 0,
  failed: 0,
  missed: 0,
  skipped: 0,
  overlap: "skip",
  catchUp: "once",
  state: "ok",
  app: "shop",
  paused: null,
};
const poll: ScheduleRow = {
  ...digest,
  name: "mail.poll",
  cron: null,
  everyMs: 30_000,
  timezone: "UTC",
  next: "2026-11-24T12:00:20.000Z",
};

test("the next to run stands first, in its own zone", () => {
  expect(renderSchedules([digest, poll], { style: plain, nowMs })).toBe(
    [
      "NAME            WHEN                                      NEXT   IN LAST STATE",
      "mail.poll       Every 30 s                        Nov 24 12:00 20 s -    ok",
      "accounts.digest Every day at 08:00, Europe/Berlin Nov 25 08:00 19 h -    ok",
      "",
      "2 schedules",
    ].join("\n"),
  );
});

test("where there is no next run stands why, and the footer says what to do", () => {
  const fresh: ScheduleRow = {
    ...digest,
    name: "fresh",
    timezone: "UTC",
    next: null,
    reason: "not in\nthe broker",
    state: "new",
  };
  const others = (["changed", "orphan", "foreign"] as const).map((state) => ({ ...poll, name: state, state }));
  expect(renderSchedules([fresh, ...others], { style: plain, nowMs })).toBe(
    [
      "NAME     WHEN                        NEXT    IN  LAST  STATE",
      "changed  Every 30 s          Nov 24 12:00  20 s  -     changed",
      "foreign  Every 30 s          Nov 24 12:00  20 s  -     foreign",
      "orphan   Every 30 s          Nov 24 12:00  20 s  -     orphan",
      "fresh    Every day at 08:00             -     -  -     new",
      "  not in\\nthe broker",
      "",
      "4 schedules",
      "1 new: not in the broker yet: `taskq run-worker` puts it there",
      "1 changed: in the broker as it was before: `taskq run-worker` writes it anew",
      "1 orphan: no longer declared and still firing: `taskq schedule sync --prune`",
      "1 foreign: of another app: taskq leaves it alone",
    ].join("\n"),
  );
});

test("one whose end has come stands last, and that is all there is to say", () => {
  const ended: ScheduleRow = { ...digest, next: null, reason: "ended at 2026-01-01T00:00:00.000Z", state: "ended" };
  const lines = renderSchedules([ended, poll], { style: plain, nowMs }).split("\n");
  expect(lines[3]).toBe("  ended at 2026-01-01T00:00:00.000Z");
  expect(lines.at(-1)).toBe("1 ended: runs no more: its `endAt` has come");
});

test("what another app wrote is shown as it stands, be it no cron and no zone", () => {
  const odd: ScheduleRow = { ...digest, name: "odd", cron: "nonsense\u001b", timezone: "Mars/Base", state: "foreign" };
  expect(renderSchedules([odd], { style: plain, nowMs }).split("\n")[1]).toBe(
    "odd   nonsense\\u001b, Mars/Base  Nov 25 07:00  19 h  -     foreign",
  );
});

test("long words become short ones, or cron, to fit 80 columns", () => {
  const long: ScheduleRow = { ...digest, name: "reports.rebuildEverything", cron: "*/15 9-17 * * 1-5" };
  const lines = renderSchedules([long], { style: plain, nowMs }).split("\n");
  expect(lines[1]).toBe("reports.rebuildEverything */15 9-17 * * 1-5, Berlin Nov 25 08:00 19 h -    ok");
});

test("no schedule is a sentence", () => {
  expect(renderSchedules([], { style: plain, nowMs })).toBe(
    "no schedules: declare one with `defineSchedule` in a scheduled.ts",
  );
});

const ran = { tick: null, outcome: "completed", result: null, error: null, durationMs: 1_240, id: "a1" } as const;
const last = { ...ran, at: "2026-11-24T11:58:00.000Z" };
const broken = {
  ...last,
  at: "2026-11-24T11:00:00.000Z",
  outcome: "failed",
  error: "no bank",
  id: "f\u001b1",
} as const;
const pause = { at: "2026-11-24T10:00:00.000Z", by: "ada@desk", reason: "month\nend" };
const paused: ScheduleRow = {
  ...digest,
  ...{ name: "billing.settleInvoices", cron: "0 8 * * 1-5", timezone: "America/New_York", last: broken },
  ...{ next: null, reason: "paused by ada@desk: month\nend", paused: pause },
};
const due: ScheduleRow = { ...digest, name: "reports.weekly", next: "2026-11-24T11:45:00.000Z", overdue: true, last };
const unworked: ScheduleRow = { ...poll, last, warning: "no live worker takes from the queue mail" };
const rows = [paused, due, unworked, { ...poll, name: "old.poll", state: "orphan" } as const];

const footer = [
  "",
  "4 schedules",
  "1 overdue: no worker has begun the run that is due",
  "1 failed: see `taskq job show f\\u001b1`",
  "1 without a worker: nobody takes from their queues: start `taskq run-worker`",
  "1 paused: until `taskq schedule resume`",
  "1 orphan: no longer declared and still firing: `taskq schedule sync --prune`",
];

test.each([
  [
    120,
    [
      "NAME                   WHEN                                             NEXT      IN      LAST RESULT  TOOK STATE",
      "reports.weekly         Every day at 08:00, Europe/Berlin        Nov 24 12:45 -15 min 2 min ago ok     1.2 s ok",
      "mail.poll              Every 30 s                               Nov 24 12:00    20 s 2 min ago ok     1.2 s ok",
      "old.poll               Every 30 s                               Nov 24 12:00    20 s         - -          - orphan",
      "billing.settleInvoices Monday through Friday at 08:00, New York            -       -   1 h ago failed 1.2 s paused",
      "  paused by ada@desk: month\\nend",
    ],
  ],
  [
    80,
    [
      "NAME                   WHEN                            NEXT      IN LAST",
      "reports.weekly         Daily 08:00, Berlin     Nov 24 12:45 -15 min ok 2 min",
      "mail.poll              Every 30 s              Nov 24 12:00    20 s ok 2 min",
      "old.poll               Every 30 s              Nov 24 12:00    20 s -",
      "  orphan",
      "billing.settleInvoices Mon-Fri 08:00, New York            -       - failed 1 h",
      "  paused by ada@desk: month\\nend",
    ],
  ],
  [
    72,
    [
      "NAME                   WHEN                      NEXT      IN LAST",
      "reports.weekly         0 8 * * *, Berlin Nov 24 12:45 -15 min ok 2 min",
      "mail.poll              Every 30 s        Nov 24 12:00    20 s ok 2 min",
      "old.poll               Every 30 s        Nov 24 12:00    20 s -",
      "  orphan",
      "billing.settleInvoices Mon-Fr…, New York            -       - failed 1 h",
      "  paused by ada@desk: month\\nend",
    ],
  ],
])("at %i columns the last run, its time and the state go where there is room", (width, lines) => {
  expect(renderSchedules(rows, { style: plain, nowMs, width }).split("\n")).toEqual([...lines, ...footer]);
});

test("in colour, a failed run and an overdue one are red, a pause is yellow", () => {
  const lines = renderSchedules(rows, { style: colored, nowMs, width: 120 }).split("\n");
  expect(lines[1]).toContain("\u001b[31m-15 min\u001b[39m");
  expect(lines[1]).toContain("\u001b[32mok\u001b[39m");
  expect(lines[4]).toContain("\u001b[31mfailed\u001b[39m");
  expect(lines[4]).toContain("\u001b[33mpaused\u001b[39m");
});

test("in colour, what is in order is green", () => {
  expect(renderSchedules([digest], { style: colored, nowMs }).split("\n")[1]).toBe(
    "accounts.digest Every day at 08:00, Europe/Berlin Nov 25 08:00 19 h -    \u001b[32mok\u001b[39m",
  );
});

test("what became of another app's run is not among what is to be done", () => {
  const theirs: ScheduleRow = { ...due, state: "foreign", last: broken };
  expect(renderSchedules([theirs], { style: plain, nowMs }).split("\n").slice(-2)).toEqual([
    "1 schedule",
    "1 foreign: of another app: taskq leaves it alone",
  ]);
});

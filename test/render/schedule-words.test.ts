import { expect, test } from "vitest";
import { renderScheduleChanges } from "../../src/render/schedule/changes.ts";
import { renderScheduleHistory } from "../../src/render/schedule/history.ts";
import { renderPausedSchedules } from "../../src/render/schedule/paused.ts";
import { renderResumedSchedules } from "../../src/render/schedule/resumed.ts";
import type { ScheduleHistoryEntry } from "../../src/schedule/history.ts";
import { plain } from "./style.ts";

const place = { name: "bills\u001b", queue: "bills" };

test("a pause that holds already says whose it is", () => {
  const paused = { at: "2026-11-24T10:00:00.000Z", by: "ada@desk", reason: "month\nend" };
  expect(
    renderPausedSchedules(
      [
        { ...place, changed: true, paused },
        { ...place, changed: false, paused },
      ],
      plain,
    ).split("\n"),
  ).toEqual([
    "paused bills\\u001b  queue=bills",
    "unchanged bills\\u001b  queue=bills: paused by ada@desk at 2026-11-24T10:00:00.000Z: month\\nend",
  ]);
});

test("a resume says what became of the ticks of the pause", () => {
  const tick = { tick: "2026-11-24T10:00:00.000Z", id: "tick-1" };
  expect(
    renderResumedSchedules(
      [
        { ...place, changed: true, caughtUp: [tick], missed: 3 },
        { ...place, changed: false, caughtUp: [], missed: 0 },
      ],
      plain,
    ).split("\n"),
  ).toEqual([
    "resumed bills\\u001b  queue=bills: 1 tick caught up id=tick-1, 3 missed",
    "unchanged bills\\u001b  queue=bills: it was not paused",
  ]);
});

test("of another app's schedule a sync says that it was left alone, and a long difference is cut", () => {
  const terms = { queue: "bills", cron: "0 8 * * *", everyMs: null, timezone: "UTC", differences: [] };
  const args = { field: "args", before: {}, after: { note: "x".repeat(100) } };
  expect(
    renderScheduleChanges(
      {
        dryRun: false,
        changes: [
          { ...terms, name: "a", change: "foreign" },
          { ...terms, name: "b", change: "update", differences: [args] },
        ],
        unchanged: 3,
      },
      { style: plain, width: 60 },
    ).split("\n"),
  ).toEqual([
    "foreign a  another app has one of this name: left alone",
    "update  b  Every day at 08:00",
    `  args: {} -> {"note":"${"x".repeat(36)}…`,
    "",
    "5 schedules: 0 created, 1 updated, 0 removed, 3 unchanged",
  ]);
});

test("like ticks in a row are one line of the history, and an id is there where it says something", () => {
  const entry: ScheduleHistoryEntry = {
    ...{ at: "2026-11-24T10:00:05.000Z", kind: "completed", count: 1, durationMs: 1_240, reason: null },
    ...{ tick: "2026-11-24T10:00:00.000Z", lastTick: "2026-11-24T10:00:00.000Z", id: "repeat:bills:1" },
  };
  const missed: ScheduleHistoryEntry = {
    ...{ ...entry, kind: "missed", count: 3, durationMs: null, id: null, reason: "paused" },
    tick: "2026-11-23T23:59:00.000Z",
  };
  const manual: ScheduleHistoryEntry = { ...missed, kind: "manual", count: 1, tick: null, id: "a1", reason: "ada" };
  expect(renderScheduleHistory([entry, manual, missed], { style: plain, width: 100 }).split("\n")).toEqual([
    "UTC                  WHAT       TICK                                         TOOK  WHY",
    "2026-11-24 10:00:05  completed  10:00:00                                    1.2 s",
    "2026-11-24 10:00:05  manual                                                        ada id=a1",
    "2026-11-24 10:00:05  3 missed   2026-11-23 23:59:00 to 2026-11-24 10:00:00         paused",
  ]);
  expect(renderScheduleHistory([], { style: plain })).toBe("nothing has happened yet");
});

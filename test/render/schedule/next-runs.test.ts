import { expect, test } from "vitest";
import { renderNextRuns } from "../../../src/render/schedule/next-runs.ts";
import { colored, plain } from "../style.ts";

const nowMs = Date.parse("2026-03-28T12:00:00Z");
const run = (
  at: string,
  local: string,
  turn: "gap" | "first" | "second" | null = null,
  named: string | null = null,
) => ({
  at: `${at}.000Z`,
  local,
  turn,
  named,
});
const digest = {
  name: "accounts.digest",
  cron: "30 2 * * *",
  everyMs: null,
  timezone: "Europe/Berlin",
  runs: [
    run("2026-03-28T01:30:00", "2026-03-28T02:30:00+01:00"),
    run("2026-03-29T01:00:00", "2026-03-29T03:00:00+02:00", "gap", "02:30:00"),
    run("2026-10-25T00:30:00", "2026-10-25T02:30:00+02:00", "first"),
    run("2026-10-25T01:30:00", "2026-10-25T02:30:00+01:00", "second"),
  ],
  reason: null,
};
const none = { ...digest, name: "evil\u001b", cron: null, everyMs: 60_000, runs: [], reason: "no\nreason" };

test("UTC stands beside local time, and what the clock's turn does beside both", () => {
  expect(renderNextRuns([digest, none], { style: plain, nowMs })).toBe(
    `accounts.digest  Every day at 02:30, Europe/Berlin
  UTC               LOCAL                    IN
  2026-03-28 01:30  Sat 2026-03-28 02:30      -
  2026-03-29 01:00  Sun 2026-03-29 03:00   13 h  02:30 does not exist
  2026-10-25 00:30  Sun 2026-10-25 02:30  210 d  first of two 02:30s
  2026-10-25 01:30  Sun 2026-10-25 02:30  210 d  second of two 02:30s

evil\\u001b  Every 1 min
  none: no\\nreason`,
  );
});

test("seconds stand there where one of the runs has some, and the end is told", () => {
  const seconds = { ...digest, cron: "5 * * * * *", name: "5 * * * * *", reason: "its end is near" };
  const only = { ...seconds, runs: [run("2026-03-29T01:00:05", "2026-03-29T03:00:05+02:00", "gap", "02:00:05")] };
  expect(renderNextRuns([only], { style: plain, nowMs })).toBe(
    `5 * * * * *  At 5 seconds past the minute, Europe/Berlin
  UTC                  LOCAL                      IN
  2026-03-29 01:00:05  Sun 2026-03-29 03:00:05  13 h  02:00:05 does not exist
  no more: its end is near`,
  );
});

test("no schedule is a sentence, and in colour the name stands out", () => {
  expect(renderNextRuns([], { style: plain, nowMs })).toMatch(/^no schedules: /);
  expect(renderNextRuns([none], { style: colored, nowMs })).toContain("\u001b[1mevil\\u001b");
});

import { expect, test } from "vitest";
import type { JobSummary } from "../../../src/broker/look/job-summary.ts";
import type { JobList } from "../../../src/inspect/list-jobs.ts";
import { renderJobCounts } from "../../../src/render/job/counts.ts";
import { renderJobList } from "../../../src/render/job/list.ts";
import { colored, plain } from "../style.ts";

const nowMs = Date.parse("2026-11-24T12:00:00Z");
const failed: JobSummary = {
  id: "46vra27zk5brrfxm",
  job: "mail.send",
  queue: "mail",
  state: "failed",
  args: {},
  meta: null,
  attempts: { made: 1, max: 1 },
  interruptions: 0,
  progress: null,
  result: null,
  error: { message: "ECONNREFUSED: no route to the mail server" },
  cancelled: null,
  enqueuedAt: "2026-11-24T10:00:00.000Z",
  runAt: null,
  startedAt: "2026-11-24T11:57:00.000Z",
  finishedAt: "2026-11-24T11:57:00.000Z",
  durationMs: 0,
  worker: "web-1",
  schedule: null,
};
const unfinished = { ...failed, error: null, startedAt: null, finishedAt: null, worker: null };
const jobs: JobSummary[] = [
  failed,
  { ...failed, id: "b", attempts: { made: 3, max: 3 }, error: { message: "no\n\u001b[2J" } },
  { ...failed, id: "c", cancelled: { by: "ada", reason: null, at: "" }, error: { message: "cancelled by ada" } },
  { ...unfinished, id: "repeat:mail.nightly:1795564800000", state: "delayed", runAt: "2026-11-24T15:00:00.000Z" },
  { ...unfinished, id: "d", job: "reports.build", queue: "bulk", state: "active", worker: "web-2" },
  { ...unfinished, id: "e", state: "delayed", runAt: "2026-11-24T11:59:00.000Z", error: { message: "no route" } },
];
const list: JobList = {
  jobs,
  offset: 50,
  total: 12_345,
  counts: [
    { job: "mail.send", queue: "mail", state: "failed", count: 12_343 },
    { job: "reports.build", queue: "bulk", state: "active", count: 2 },
  ],
  unreadable: [],
};

test("jobs are a line each within 80 columns, with what there is to say; ids are never cut", () => {
  const text = renderJobList(list, { style: plain, nowMs });
  expect(text).toBe(
    [
      "ID                                JOB            STATE       AGE",
      "46vra27zk5brrfxm                  mail.send      failed    3 min ECONNREFUSED:…",
      "b                                 mail.send      failed    3 min 3 attempts: no…",
      "c                                 mail.send      cancelled 3 min cancelled by a…",
      "repeat:mail.nightly:1795564800000 mail.send      delayed     2 h in 3 h",
      "d                                 reports.build… active      2 h on web-2",
      "e                                 mail.send      delayed     2 h now, after: no…",
      "6 of 12,345 jobs, the newest first; more with --offset 56",
      "  12,343  failed  mail.send",
      "       2  active  reports.build  in bulk",
    ].join("\n"),
  );
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("where there is room, an error is told as far as it goes, in one line of our own making", () => {
  const page = { ...list, jobs: jobs.slice(0, 2), offset: 0, total: 2, counts: list.counts.slice(0, 1) };
  expect(renderJobList(page, { style: plain, nowMs })).toBe(
    [
      "ID               JOB       STATE    AGE",
      "46vra27zk5brrfxm mail.send failed 3 min ECONNREFUSED: no route to the mail serv…",
      "b                mail.send failed 3 min 3 attempts: no\\n\\u001b[2J",
      "2 jobs",
    ].join("\n"),
  );
});

test("in colour, a state has its own, and a cancelled job another than a failed one", () => {
  const [, first, , third] = renderJobList(list, { style: colored, nowMs }).split("\n");
  expect(first).toContain("\u001b[31mfailed\u001b[39m");
  expect(third).toContain("\u001b[33mcancelled\u001b[39m");
});

test("no jobs, and a page beyond the last, are said in words", () => {
  const none = { ...list, jobs: [], total: 0, counts: [] };
  expect(renderJobList(none, { style: plain, nowMs })).toBe("no jobs");
  expect(
    renderJobList({ ...list, jobs: [] }, { style: plain, nowMs })
      .split("\n")
      .slice(0, 2),
  ).toEqual(["no jobs on this page", "0 of 12,345 jobs, the newest first"]);
});

test("counts are a table of their own, and the rest of many kinds is added up below a list", () => {
  expect(renderJobCounts(list.counts, { style: plain })).toBe(
    [
      " COUNT  STATE   JOB            QUEUE",
      "12,343  failed  mail.send      mail",
      "     2  active  reports.build  bulk",
    ].join("\n"),
  );
  expect(renderJobCounts([], { style: plain })).toBe("no jobs");
  const counts = Array.from({ length: 10 }, (_none, n) => ({ ...list.counts[1]!, job: `bulk.job${n}`, count: 5 }));
  expect(
    renderJobList({ ...list, counts }, { style: plain, nowMs })
      .split("\n")
      .at(-1),
  ).toBe("  10  of 2 other kinds");
});

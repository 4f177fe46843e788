import { expect, test } from "vitest";
import { renderJob } from "../../../src/render/job/job.ts";
import { jobDetail } from "../../helpers/job-detail.ts";
import { colored, plain } from "../style.ts";

const nowMs = Date.parse("2026-11-24T12:00:00Z");
const failed = jobDetail({
  args: { userId: "42\u009b" },
  attempts: { made: 2, max: 5 },
  interruptions: 1,
  progress: 0,
  error: { message: "no\nmail", stack: "Error: no\nmail\n    at send \u001b[2J" },
  enqueuedAt: "2026-11-24T11:57:00.000Z",
  startedAt: "2026-11-24T11:58:00.000Z",
  finishedAt: "2026-11-24T11:58:01.500Z",
  durationMs: 1_500,
  worker: "web-1",
  logs: ["one", "two\nthree"],
  logCount: 2,
});

test("a failed job says all that is known of it, in lines of its own making", () => {
  expect(renderJob(failed, { style: plain, nowMs })).toBe(
    [
      "mail.send  failed",
      "  id            4c7d1p0wq2x9k3aa",
      "  queue         mail",
      "  attempts      2 of 5",
      "  interruptions 1",
      "  worker        web-1",
      "  enqueued      2026-11-24T11:57:00.000Z (3 min ago)",
      "  started       2026-11-24T11:58:00.000Z (2 min ago)",
      "  finished      2026-11-24T11:58:01.500Z (1 min 59 s ago)",
      "  took          1.5 s",
      "args",
      "  {",
      '    "userId": "42\\u009b"',
      "  }",
      "error",
      "  Error: no",
      "  mail",
      "      at send \\u001b[2J",
      "logs",
      "  one",
      "  two\\nthree",
    ].join("\n"),
  );
});

test("a delayed job says when it runs, and nothing of what has not happened", () => {
  const delayed = jobDetail({
    state: "delayed",
    args: {},
    attempts: { made: 0, max: 1 },
    error: null,
    enqueuedAt: "2026-11-24T11:57:00.000Z",
    runAt: "2026-11-24T12:05:00.000Z",
    schedule: "digest",
  });
  expect(renderJob(delayed, { style: plain, nowMs })).toBe(
    [
      "mail.send  delayed",
      "  id            4c7d1p0wq2x9k3aa",
      "  queue         mail",
      "  attempts      0 of 1",
      "  schedule      digest",
      "  enqueued      2026-11-24T11:57:00.000Z (3 min ago)",
      "  runs          2026-11-24T12:05:00.000Z (in 5 min)",
      "args",
      "  {}",
    ].join("\n"),
  );
});

test("a result of 0, false or nothing but an empty text is a result", () => {
  for (const result of [0, false, ""]) {
    const text = renderJob({ ...failed, error: null, result, logs: [] }, { style: plain, nowMs });
    expect(text).toMatch(new RegExp(`\\nresult\\n {2}${JSON.stringify(result)}$`));
  }
});

test("progress and result are shown once there are any", () => {
  const text = renderJob(
    { ...failed, error: null, progress: 50, result: { sent: true }, logs: [] },
    { style: plain, nowMs },
  );
  expect(text).toMatch(/\nprogress\n {2}50\nresult\n {2}\{\n {4}"sent": true\n {2}\}$/);
});

test("in colour, the state of a failed job is red", () => {
  expect(renderJob(failed, { style: colored, nowMs }).split("\n")[0]).toBe(
    "\u001b[1mmail.send\u001b[22m  \u001b[31mfailed\u001b[39m",
  );
});

test("a job of a flow names its relatives, and one that logged much says where the rest is", () => {
  const lines = renderJob(
    {
      ...failed,
      error: null,
      attempts: { made: 0, max: null },
      parent: { id: "p\u202e", queue: "flows" },
      children: [
        { id: "c1", queue: "flows", state: "unfinished" },
        { id: "c2", queue: "mail", state: "completed" },
      ],
      logs: ["the last"],
      logCount: 1_000,
    },
    { style: plain, nowMs },
  ).split("\n");

  expect(lines).toContain("  attempts      0");
  expect(lines).toContain("  parent        p\\u202e in flows");
  expect(lines.slice(lines.indexOf("children"))).toEqual([
    "children",
    "  unfinished c1 in flows",
    "  completed  c2 in mail",
    "logs",
    "  (999 earlier ones: taskq job logs 4c7d1p0wq2x9k3aa)",
    "  the last",
  ]);
});

import { expect, test } from "vitest";
import type { WorkerRow } from "../../../src/inspect/workers.ts";
import { renderWorkers } from "../../../src/render/worker/list.ts";
import { colored, plain } from "../style.ts";

const nowMs = Date.parse("2026-11-24T12:00:00Z");
const busy: WorkerRow = {
  name: "web-1",
  host: "alpha",
  pid: 12,
  app: "shop",
  release: "abc",
  version: "0.1.0",
  queues: [
    { queue: "accounts", concurrency: 10 },
    { queue: "mail", concurrency: 2 },
  ],
  state: "running",
  startedAt: "2026-11-24T09:55:00.000Z",
  active: [
    { id: "t-1", job: "accounts.import", queue: "accounts", sinceMs: 61_000, abandoned: false, progress: 42 },
    { id: "t\n2", job: "mail.send", queue: "mail", sinceMs: 850, abandoned: true, progress: { a: "\u202e".repeat(9) } },
  ],
  memoryBytes: 100 * 1_048_576,
  shutdownTimeoutMs: 25_000,
  poolPid: null,
};

test("a process is a line, and each job it runs one below it", () => {
  const idle = { ...busy, name: "web-2", pid: 1_234, state: "closing" as const, active: [], queues: [] };
  expect(renderWorkers([busy, idle], { style: plain, nowMs })).toBe(
    [
      "NAME   HOST    PID  STATE     UP  MEMORY  QUEUES",
      "web-1  alpha    12  running  2 h  100 MB  accounts=10 mail=2",
      "  accounts.import  id=t-1 for 1 min 1 s, progress 42",
      '  mail.send  id=t\\n2 for 850 ms, progress {"a":"\\u202e\\u202e\\u202e\\u202… abandoned',
      "web-2  alpha  1234  closing  2 h  100 MB",
    ].join("\n"),
  );
});

test("no worker says how to start one", () => {
  expect(renderWorkers([], { style: plain, nowMs })).toBe("no workers: start one with `taskq run-worker`");
});

test("in colour, what runs is green and what was abandoned red", () => {
  const [, process, , abandoned] = renderWorkers([busy], { style: colored, nowMs }).split("\n");
  expect(process).toContain("\u001b[32mrunning\u001b[39m");
  expect(abandoned).toContain("\u001b[31mabandoned\u001b[39m");
});

import { expect, test } from "vitest";
import { renderEvent } from "../../../src/render/events/events.ts";
import { eventLevel } from "../../../src/render/events/level.ts";
import type { RunnerEvent } from "../../../src/runner/events.ts";
import { colored, plain } from "../style.ts";

const job = { queue: "mail", job: "mail.send", id: "t-1" };
const failed = {
  ...job,
  type: "failed",
  attempt: 1,
  attempts: 3,
  ms: 12,
  error: 'no "mail"\nhere',
  final: false,
  retryInMs: 2_000,
} as const;
const log = {
  type: "log",
  job: "mail.send",
  id: "t-1",
  level: "warn",
  fields: {},
  message: "slow\n\u001b[2J",
} as const;
const closed = { type: "closed", completed: 3, failed: 1, putBack: 2, unfinished: 0 } as const;

const started: RunnerEvent = {
  type: "started",
  app: "shop",
  release: "abc",
  runner: "web-1",
  queues: ["accounts", "mail"],
  concurrency: 20,
  schedules: 2,
  broker: "redis://localhost:6379",
  http: null,
};

const cases: readonly (readonly [RunnerEvent, string, string])[] = [
  [
    started,
    "info",
    "started    accounts, mail concurrency=20 schedules=2 broker=redis://localhost:6379 app=shop release=abc runner=web-1",
  ],
  [
    { ...started, http: "http://127.0.0.1:7433" },
    "info",
    "started    accounts, mail concurrency=20 schedules=2 broker=redis://localhost:6379 app=shop release=abc runner=web-1 http=http://127.0.0.1:7433",
  ],
  [
    { ...started, queues: ["mail"], schedules: null },
    "info",
    "started    mail concurrency=20 schedules=off broker=redis://localhost:6379 app=shop release=abc runner=web-1",
  ],
  [
    { ...job, type: "active", attempt: 1, schedule: null, waitedMs: 5 },
    "debug",
    "active     mail.send id=t-1 attempt=1",
  ],
  [{ ...job, type: "completed", ms: 12 }, "info", "completed  mail.send id=t-1 ms=12"],
  [failed, "warn", 'failed     mail.send id=t-1 attempt=1/3 ms=12 error="no \\"mail\\"\\nhere" retry in 2 s'],
  [
    { ...failed, attempt: 3, error: "no", final: true },
    "error",
    'failed     mail.send id=t-1 attempt=3/3 ms=12 error="no" final',
  ],
  [{ ...job, type: "rescheduled", delayMs: 5_000 }, "info", "later      mail.send id=t-1 again in 5 s"],
  [{ ...job, type: "rateLimited", delayMs: 60_000 }, "info", "limited    mail.send id=t-1 its queue rests for 1 min"],
  [log, "warn", "log        mail.send id=t-1 warn: slow\\n\\u001b[2J"],
  [
    { ...log, level: "debug", message: "x", fields: { a: "\u009b" } },
    "debug",
    'log        mail.send id=t-1 debug: x {"a":"\\u009b"}',
  ],
  [
    { ...log, level: "info", message: "x", fields: { a: 1n } },
    "info",
    "log        mail.send id=t-1 info: x (fields that are no JSON)",
  ],
  [{ ...job, type: "abandoned", reason: "timeout" }, "warn", 'abandoned  mail.send id=t-1 reason="timeout"'],
  [{ ...job, type: "putBack", reason: "closing" }, "info", 'put back   mail.send id=t-1 reason="closing"'],
  [{ ...job, type: "putBack", reason: "unknown name" }, "warn", 'put back   mail.send id=t-1 reason="unknown name"'],
  [{ type: "stalled", queue: "mail", id: "t-1" }, "warn", "stalled    mail id=t-1: it will be run again"],
  [{ type: "lockLost", queue: "mail", id: "t-1" }, "warn", "lock lost  mail id=t-1: it may run twice"],
  [
    { ...job, type: "resultDropped", reason: "too large" },
    "warn",
    'dropped    the result of mail.send id=t-1 reason="too large"',
  ],
  [
    { type: "tickSkipped", schedule: "digest", scheduledFor: "2026-11-24T08:00:00.000Z", holder: "t-0" },
    "info",
    "skipped    digest at 2026-11-24T08:00:00.000Z: t-0 is not done",
  ],
  [
    {
      type: "ticksMissed",
      schedule: "digest",
      count: 3,
      from: "2026-11-24T08:00:00.000Z",
      to: "2026-11-24T10:00:00.000Z",
      reason: "no worker was free",
    },
    "warn",
    "missed     digest 3 ticks from 2026-11-24T08:00:00.000Z to 2026-11-24T10:00:00.000Z: no worker was free",
  ],
  [
    {
      type: "ticksCaughtUp",
      schedule: "digest",
      count: 1,
      from: "2026-11-24T08:00:00.000Z",
      to: "2026-11-24T08:00:00.000Z",
    },
    "info",
    "caught up  digest at 2026-11-24T08:00:00.000Z",
  ],
  [{ type: "schedulesLed", release: "0a1b2c3d" }, "info", "schedules  left as they are: release 0a1b2c3d leads"],
  [
    { type: "scheduleMended", schedule: "digest", reason: "the clock went back" },
    "warn",
    "schedules  mended digest: the clock went back",
  ],
  [{ type: "schedulesSynced", written: ["a", "b"], removed: [] }, "info", "schedules  written: a, b; removed: none"],
  [{ type: "brokerLost", reason: "ECONNRESET" }, "error", "broker     lost: ECONNRESET"],
  [{ type: "brokerBack", afterMs: 65_000 }, "info", "broker     back after 1 min 5 s"],
  [
    { type: "closing", reason: "SIGTERM", active: 2, timeoutMs: 25_000 },
    "info",
    "closing    SIGTERM: 2 active jobs, 25 s to finish",
  ],
  [{ type: "closing", reason: "SIGTERM", active: 0, timeoutMs: 25_000 }, "info", "closing    SIGTERM: 0 active jobs"],
  [{ type: "hookFailed", hook: "mail.open", error: "no" }, "error", "hook       mail.open failed: no"],
  [{ type: "warning", message: "evicts" }, "warn", "warning    evicts"],
  [closed, "info", "closed     completed=3 failed=1 putBack=2 unfinished=0"],
  [{ ...closed, unfinished: 1 }, "error", "closed     completed=3 failed=1 putBack=2 unfinished=1"],
];

test.each(cases)("%o is one line at its level", (event, level, line) => {
  expect(renderEvent(event, plain)).toBe(line);
  expect(eventLevel(event)).toBe(level);
});

test("no text of an event can forge a line", () => {
  const hostile = (event: RunnerEvent): RunnerEvent =>
    JSON.parse(
      JSON.stringify(event, (_key, value) => (typeof value === "bigint" ? 1 : value)),
      (key, value) => (typeof value === "string" && key !== "type" && key !== "level" ? "x\ny\u001b" : value),
    );
  for (const [event] of cases) {
    const line = renderEvent(hostile(event), plain);
    expect(line).not.toContain("\n");
    expect(line).not.toContain("\u001b");
  }
});

test("in colour, only the word stands out", () => {
  expect(renderEvent({ ...job, type: "completed", ms: 12 }, colored)).toBe(
    "\u001b[32mcompleted\u001b[39m  mail.send id=t-1 ms=12",
  );
  expect(renderEvent({ ...failed, error: "no", final: true }, colored)).toContain(
    "\u001b[31mfailed   \u001b[39m  mail.send",
  );
});

import { expect, test } from "vitest";
import { renderEvent } from "../../../src/render/events/events.ts";
import { eventLevel } from "../../../src/render/events/level.ts";
import type { OperationEvent } from "../../../src/runner/events/operation.ts";
import { plain } from "../style.ts";

const ended = {
  type: "childEnded",
  seat: 2,
  pid: 70,
  code: 0,
  signal: null,
  ranMs: 61_000,
  hasStarted: true,
  deaths: 0,
  restartInMs: 0,
} as const;
const running = { type: "running", queue: "mail", job: "mail.send", id: "t\n1", ms: 3_000, abandoned: false } as const;

const cases: readonly (readonly [OperationEvent, string, string])[] = [
  [{ type: "quiet", active: 1 }, "info", "quiet      takes no more jobs; 1 active job"],
  [{ type: "resumed" }, "info", "resumed    takes jobs again"],
  [running, "info", "running    mail.send id=t\\n1 for 3 s"],
  [{ ...running, abandoned: true }, "info", "running    mail.send id=t\\n1 for 3 s abandoned"],
  [{ type: "idle" }, "info", "running    nothing"],
  [
    { type: "recycling", reason: "reached --max-jobs 9", active: 2 },
    "info",
    "recycling  reached --max-jobs 9: 2 active jobs",
  ],
  [{ type: "reloading", files: ["a/tasks.ts"] }, "info", "reloading  a/tasks.ts changed"],
  [{ type: "reloading", files: ["a.ts", "b.ts", "c.ts"] }, "info", "reloading  a.ts and 2 others changed"],
  [{ type: "reloading", files: [] }, "info", "reloading  SIGHUP"],
  [{ type: "awaitingChange", code: 2 }, "error", "waiting    for a change of the files: the worker ended with 2"],
  [{ type: "poolStarted", processes: 1, pid: 7 }, "info", "pool       1 process under pid=7"],
  [ended, "info", "child      2 ended with 0 after 1 min 1 s pid=70; another follows"],
  [{ ...ended, restartInMs: null }, "info", "child      2 ended with 0 after 1 min 1 s pid=70"],
  [
    { ...ended, code: null, signal: "SIGKILL", deaths: 1, restartInMs: 500 },
    "warn",
    "child      2 ended by SIGKILL after 1 min 1 s pid=70; another follows in 500 ms",
  ],
  [
    { ...ended, code: 1, ranMs: 300, hasStarted: false, deaths: 3, restartInMs: 2_000 },
    "error",
    "child      2 ended with 1 after 300 ms, before it had started pid=70, 3 times in a row; another follows in 2 s",
  ],
  [
    { type: "childKilled", seat: 1, pid: 70, afterMs: 60_000, late: "start" },
    "error",
    "child      1 killed: it did not start within 1 min pid=70",
  ],
  [
    { type: "childKilled", seat: 1, pid: 70, afterMs: 30_000, late: "end" },
    "error",
    "child      1 killed: it did not end within 30 s pid=70",
  ],
  [{ type: "poolRestarting", processes: 2 }, "info", "pool       restarts 2 processes, one after another"],
  [{ type: "poolRestarted", processes: 2 }, "info", "pool       restarted: 2 processes"],
  [
    { type: "poolRestartStopped", seat: 2, replaced: 1, processes: 3 },
    "error",
    "pool       restart stopped: the new child 2 did not start, the old one stays; 1 of 3 replaced",
  ],
  [
    { type: "poolClosing", reason: "SIGTERM", processes: 2, timeoutMs: 30_000 },
    "info",
    "pool       closing: SIGTERM: 2 processes",
  ],
  [{ type: "poolClosed", code: 0 }, "info", "pool       closed with 0"],
  [{ type: "poolClosed", code: 137 }, "error", "pool       closed with 137"],
];

test.each(cases)("%j", (event, level, text) => {
  expect(eventLevel(event)).toBe(level);
  expect(renderEvent(event, plain)).toBe(text);
});

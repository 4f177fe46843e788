import { expect, test } from "vitest";
import type { QueueStats } from "../../../src/inspect/queue-stats.ts";
import { renderQueueStats } from "../../../src/render/queue/stats.ts";
import { colored, plain } from "../style.ts";

const accounts: QueueStats = {
  queue: "accounts",
  paused: false,
  workers: 2,
  waiting: 3,
  prioritized: 0,
  delayed: 1,
  active: 2,
  failed: 4,
  completed: 5_000,
  waitingChildren: 0,
  override: null,
  oldestWaitingMs: 12_300,
  completedPerMinute: 3.25,
  failedPerMinute: 0,
};
const idle = { ...accounts, queue: "mail", failed: 0, active: 0, oldestWaitingMs: null, completedPerMinute: 119.6 };

test("one queue is one line", () => {
  expect(renderQueueStats([{ ...accounts, queue: "mail" }], { style: plain })).toBe(
    [
      "QUEUE  WORKERS  WAITING  PRIO  DELAYED  ACTIVE  FAILED  DONE  OLDEST  RATE/MIN",
      "mail         2        3     0        1       2       4  5000    12 s       3.3",
    ].join("\n"),
  );
});

test("more than one have a sum, whose oldest is the oldest of all", () => {
  expect(renderQueueStats([accounts, idle], { style: plain })).toBe(
    [
      "QUEUE    WORKERS WAITING PRIO DELAYED ACTIVE FAILED  DONE OLDEST RATE/MIN",
      "accounts       2       3    0       1      2      4  5000   12 s      3.3",
      "mail           2       3    0       1      0      0  5000      -      120",
      "total                  6    0       2      2      4 10000   12 s      123",
    ].join("\n"),
  );
});

test("long names are cut to fit 80 columns; what is paused or waits for children is said below", () => {
  const long = { ...accounts, queue: "a-queue-with-a-long-name", paused: true, waitingChildren: 2 };
  expect(renderQueueStats([long], { style: plain })).toBe(
    [
      "QUEUE            WORKERS WAITING PRIO DELAYED ACTIVE FAILED DONE OLDEST RATE/MIN",
      "a-queue-with-a-…       2       3    0       1      2      4 5000   12 s      3.3",
      "paused: a-queue-with-a-long-name",
      "waiting for children: a-queue-with-a-long-name 2",
    ].join("\n"),
  );
});

test("what fails now is said below, in red", () => {
  const failing = { ...accounts, queue: "mail\n", failedPerMinute: 2 };
  expect(renderQueueStats([failing], { style: plain }).split("\n").at(-1)).toBe("failing, a minute: mail\\n 2");
  expect(renderQueueStats([failing], { style: colored })).toContain("\u001b[31mfailing, a minute");
});

test("no queue is a sentence", () => {
  const none = "no queues: no worker has run and nothing was enqueued yet";
  expect(renderQueueStats([], { style: plain })).toBe(none);
  expect(renderQueueStats([], { style: plain, asked: { patterns: ["z*"], known: [] } })).toBe(none);
});

test("where queues are there and none fits, the patterns are quoted and the queues named", () => {
  const asked = { patterns: ["zz*", "m?\n"], known: ["accounts", "mail\u009b"] };
  expect(renderQueueStats([], { style: plain, asked })).toBe(
    'no queue fits "zz*" or "m?\\n": the queues in the broker are accounts, mail\\u009b',
  );
});

test("in colour, failed jobs are red and idle figures plain", () => {
  const [, busy] = renderQueueStats([accounts], { style: colored }).split("\n");
  const [, quiet] = renderQueueStats([idle], { style: colored }).split("\n");
  expect(busy).toContain("\u001b[31m4\u001b[39m");
  expect(busy).toContain("\u001b[32m2\u001b[39m");
  expect(quiet).not.toContain("\u001b");
});

test("limits that an operator has set are said below", () => {
  const override = { concurrency: 2, rate: { max: 100, perMs: 900_000 } };
  const text = renderQueueStats([{ ...accounts, override }], { style: plain });
  expect(text.split("\n").slice(2)).toEqual(["set by an operator: accounts 2 at once, 100 in 15 min"]);
});

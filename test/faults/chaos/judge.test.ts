import { expect, test } from "vitest";
import type { Entry } from "../ledger.ts";
import type { Evidence, Life } from "./evidence.ts";
import { judge } from "./judge.ts";

const started = { event: "started" };
const life = (pid: number, more: Partial<Life> = {}): Life => ({ pid, events: [started], stops: [], ...more });
const run = (pid: number, fromMs: number, toMs?: number): Entry[] => [
  { what: "start", id: "a", pid, atMs: fromMs },
  ...(toMs === undefined ? [] : [{ what: "end" as const, id: "a", pid, atMs: toMs }]),
];

function brokenBy(evidence: Partial<Evidence>): string[] {
  const nothing = { acknowledged: ["a"], entries: [], lives: [], redisAway: [], failed: new Map<string, string>() };
  return judge({ ...nothing, ...evidence }).broken.map(({ promise }) => promise);
}

test("a job that ended once is no matter, however often it was started", () => {
  expect(brokenBy({ entries: [...run(1, 0), ...run(2, 20_000, 21_000)], lives: [life(1), life(2)] })).toEqual([]);
});

test("an acknowledged job that never ended is lost, with its lines", () => {
  const { broken, lost } = judge({
    acknowledged: ["a", "b"],
    entries: run(1, 5),
    lives: [life(1)],
    redisAway: [],
    failed: new Map(),
  });

  expect(lost).toBe(2);
  expect(broken[0]).toEqual({
    promise: "no acknowledged job is lost",
    shown: ["a: start pid=1 at=5", "b: no line in the ledger"],
  });
});

test("a job that ended twice although nothing was done to its workers breaks the promise", () => {
  const entries = [...run(1, 0, 1_000), ...run(2, 500, 1_500)];

  expect(brokenBy({ entries, lives: [life(1), life(2)] })).toEqual([
    "a job that finished runs again only if its worker lost its lock",
  ]);
});

test("an outage of Redis does not excuse a job that ended twice", () => {
  const entries = [...run(1, 0, 1_000), ...run(2, 500, 60_000)];

  expect(brokenBy({ entries, lives: [life(1), life(2)], redisAway: [{ fromMs: 0, toMs: 50_000 }] })).toHaveLength(1);
});

test("a worker that was stopped beyond its lock may double its job, but must log it", () => {
  const entries = [...run(1, 0), ...run(2, 16_000, 17_000), { what: "end", id: "a", pid: 1, atMs: 25_000 } as const];
  const stops = [{ fromMs: 100, toMs: 25_000 }];
  const logged = { event: "lockLost", id: "a" };

  expect(brokenBy({ entries, lives: [life(1, { stops }), life(2)] })).toEqual(["a lost lock is logged"]);
  expect(brokenBy({ entries, lives: [life(1, { stops, events: [started, logged] }), life(2)] })).toEqual([]);
});

test("a stop that is far shorter than a lock excuses nothing", () => {
  const entries = [...run(1, 0, 5_000), ...run(2, 4_000, 6_000)];
  const stops = [{ fromMs: 100, toMs: 4_000 }];

  expect(brokenBy({ entries, lives: [life(1, { stops }), life(2)] })).toHaveLength(1);
});

test("a worker that was killed right after a job's end may not have stored it", () => {
  const entries = [...run(1, 0, 1_000), ...run(2, 17_000, 18_000)];
  const killed = { killed: true, goneMs: 1_100, end: "SIGKILL" };

  expect(brokenBy({ entries, lives: [life(1, killed), life(2)] })).toEqual([]);
});

test("a worker that was killed long after a job's end had the time to store it, unless Redis was away", () => {
  const entries = [...run(1, 0, 1_000), ...run(2, 17_000, 18_000)];
  const lives = [life(1, { killed: true, goneMs: 9_000, end: "SIGKILL" }), life(2)];

  expect(brokenBy({ entries, lives })).toHaveLength(1);
  expect(brokenBy({ entries, lives, redisAway: [{ fromMs: 900, toMs: 9_500 }] })).toEqual([]);
});

test("a stored end that is run again breaks the promise, whatever became of its worker", () => {
  const entries = [...run(1, 0, 1_000), ...run(2, 17_000, 18_000)];
  const completed = { event: "completed", id: "a" };

  expect(
    brokenBy({ entries, lives: [life(1, { killed: true, goneMs: 1_100, events: [started, completed] }), life(2)] }),
  ).toHaveLength(1);
});

test("a failed job, a worker that ends by itself and a close that fails or takes too long are each told", () => {
  const entries = run(1, 0, 10);

  expect(brokenBy({ entries, lives: [life(1)], failed: new Map([["a", "interrupted 11 times"]]) })).toEqual([
    "faults of workers and of Redis fail no job",
  ]);
  expect(brokenBy({ entries, lives: [life(1, { goneMs: 50, end: 70 })] })).toEqual(["a worker does not end by itself"]);
  expect(brokenBy({ entries, lives: [life(1, { closedMs: 50, goneMs: 60, end: 1 })] })).toHaveLength(1);
  expect(brokenBy({ entries, lives: [life(1, { closedMs: 50, goneMs: 40_000, end: 0 })] })).toHaveLength(1);
});

test("a start without Redis may end with 3, and a close without it with 1", () => {
  const redisAway = [{ fromMs: 0, toMs: 100 }];
  const lives = [life(1, { closedMs: 50, goneMs: 60, end: 1 }), life(2, { events: [], goneMs: 60, end: 3 })];

  expect(brokenBy({ entries: run(1, 0, 10), lives, redisAway })).toEqual([]);
});

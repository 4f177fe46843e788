import { expect, test } from "vitest";
import type { ChildEnd } from "../../../src/service/pool/child.ts";
import { planNext } from "../../../src/service/pool/plan-next.ts";

const end = (said: Partial<ChildEnd>): ChildEnd => ({
  exitCode: said.code ?? 137,
  code: null,
  signal: null,
  ranMs: 10_000,
  hasStarted: true,
  isRecycled: false,
  ...said,
});
const killed = end({ signal: "SIGKILL" });

test("who dies again and again is followed later each time, at most after 30 s", () => {
  const delays = [0, 1, 2, 3, 4, 5, 6, 7].map((deaths) => planNext(killed, deaths, false));

  expect(delays).toEqual(
    [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].map((inMs, index) => ({
      type: "start",
      inMs,
      deaths: index + 1,
    })),
  );
});

test("who lived for a minute has died for the first time", () => {
  expect(planNext({ ...killed, ranMs: 60_000 }, 7, false)).toEqual({ type: "start", inMs: 500, deaths: 1 });
});

test("who ended in good order is followed at once, but not who never started", () => {
  expect(planNext(end({ code: 0 }), 3, false)).toEqual({ type: "start", inMs: 0, deaths: 0 });
  expect(planNext(end({ code: 0, hasStarted: false }), 1, false)).toEqual({ type: "start", inMs: 1_000, deaths: 2 });
});

test("a mistake is one only before the start: later it is a handler's exit code", () => {
  expect(planNext(end({ code: 2, hasStarted: false }), 0, false)).toEqual({ type: "mistake", code: 2 });
  expect(planNext(end({ code: 4, hasStarted: false }), 0, true)).toEqual({ type: "mistake", code: 4 });
  expect(planNext(end({ code: 2 }), 0, false)).toEqual({ type: "start", inMs: 500, deaths: 1 });
});

test("in a burst a process is done when it ends, unless it was killed or has reached a limit", () => {
  expect(planNext(end({ code: 0 }), 0, true)).toEqual({ type: "done", code: 0 });
  expect(planNext(end({ code: 1 }), 0, true)).toEqual({ type: "done", code: 1 });
  expect(planNext(killed, 0, true)).toEqual({ type: "start", inMs: 500, deaths: 1 });
  expect(planNext(end({ code: 0, isRecycled: true }), 0, true)).toEqual({ type: "start", inMs: 0, deaths: 0 });
});

import { expect, test } from "vitest";
import type { Backoff, BackoffFunction } from "../../../src/definition/job.ts";
import { backoffMs } from "../../../src/runner/end/backoff.ts";
import type { RunnerEvent } from "../../../src/runner/events.ts";

const fixed: Backoff = { type: "fixed", delay: "5s" };
const exponential: Backoff = { type: "exponential", delay: "5s" };
const error = new Error("refused");
const silent = () => {};
const waits = (backoff: Backoff | BackoffFunction, random?: () => number) =>
  [1, 2, 3, 5].map((made) => backoffMs("mail.send", backoff, { made, error }, silent, random));

test("fixed waits the same each time, exponential twice as long each time, neither longer than max", () => {
  expect(waits(fixed)).toEqual([5_000, 5_000, 5_000, 5_000]);
  expect(waits(exponential)).toEqual([5_000, 10_000, 20_000, 80_000]);
  expect(waits({ ...exponential, max: "15s" })).toEqual([5_000, 10_000, 15_000, 15_000]);
});

test("jitter is the part of each wait that is random, taken off after max", () => {
  const half = () => 0.5;
  const most = () => 1 - Number.EPSILON;

  expect(waits({ ...exponential, max: "15s", jitter: 1 }, half)).toEqual([2_500, 5_000, 7_500, 7_500]);
  expect(waits({ ...exponential, jitter: 1 }, most)).toEqual([0, 0, 0, 0]);
  expect(waits({ ...fixed, jitter: 0.2 }, most)).toEqual([4_000, 4_000, 4_000, 4_000]);
  expect(new Set(Array.from({ length: 50 }, () => waits({ ...fixed, jitter: 1 })[0])).size).toBeGreaterThan(10);
});

test("a function is told how many attempts have failed and why, and gives any length of time", () => {
  const told: unknown[] = [];
  const backoff: BackoffFunction = (made, why) => {
    told.push(why);
    return made === 1 ? "1m" : made * 1_000;
  };

  expect(waits(backoff)).toEqual([60_000, 2_000, 3_000, 5_000]);
  expect(told).toEqual([error, error, error, error]);
});

test.each<[unknown, string]>([
  [() => "soon", 'the backoff of mail.send gave "soon" (string), which is no length of time'],
  [() => undefined, "the backoff of mail.send gave undefined, which is no length of time"],
  [
    () => {
      throw new Error("no such table");
    },
    "the backoff of mail.send threw: no such table",
  ],
])("a function that fails itself costs the wait, and no more: %s", (backoff, said) => {
  const events: RunnerEvent[] = [];

  const ms = backoffMs("mail.send", backoff as BackoffFunction, { made: 1, error }, (event) => events.push(event));

  expect(ms).toBe(0);
  expect(events).toEqual([{ type: "warning", message: expect.stringContaining(said) }]);
  expect(events[0]).toMatchObject({ message: expect.stringMatching(/; its next attempt does not wait$/) });
});

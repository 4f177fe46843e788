import { expect, test } from "vitest";
import type { Backoff } from "../../src/definition/job.ts";
import { backoffMs } from "../../src/runner/backoff.ts";

const fixed: Backoff = { type: "fixed", delay: "5s" };
const exponential: Backoff = { type: "exponential", delay: "5s" };
const waits = (backoff: Backoff, random?: () => number) => [1, 2, 3, 5].map((made) => backoffMs(backoff, made, random));

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
  expect(new Set(Array.from({ length: 50 }, () => backoffMs({ ...fixed, jitter: 1 }, 1))).size).toBeGreaterThan(10);
});

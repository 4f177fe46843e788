import { expect, test } from "vitest";
import { parseDuration } from "../../src/definition/duration.ts";

test.each([
  ["250ms", 250],
  ["30s", 30_000],
  ["1h30m", 5_400_000],
  ["1.5s", 1_500],
  ["7d", 604_800_000],
  ["2w", 1_209_600_000],
  [0, 0],
  [1_500, 1_500],
  [1.6, 2],
])("%j is %d milliseconds", (value, ms) => {
  expect(parseDuration(value)).toBe(ms);
});

test.each([
  [""],
  ["30"],
  ["s"],
  ["-5s"],
  ["5 s"],
  ["1h!"],
  ["30S"],
  [-1],
  [Number.NaN],
  [Number.POSITIVE_INFINITY],
  [null],
  [true],
  [{}],
])("%j is no duration", (value) => {
  expect(parseDuration(value)).toBeUndefined();
});

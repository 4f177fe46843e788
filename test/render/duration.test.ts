import { expect, test } from "vitest";
import { renderDuration } from "../../src/render/duration.ts";

test.each([
  [0, "0 ms"],
  [-5, "0 ms"],
  [850, "850 ms"],
  [999.6, "1 s"],
  [1_000, "1 s"],
  [1_540, "1.5 s"],
  [3_000, "3 s"],
  [9_960, "10 s"],
  [59_700, "1 min"],
  [120_000, "2 min"],
  [125_000, "2 min 5 s"],
  [3_900_000, "1 h 5 min"],
  [3_600_000 * 24 + 60_000, "1 d"],
  [3_600_000 * 50, "2 d 2 h"],
])("%d ms is %s", (ms, expected) => {
  expect(renderDuration(ms)).toBe(expected);
});

test("one unit alone, where there is little room", () => {
  expect(renderDuration(3_900_000, 1)).toBe("1 h");
});

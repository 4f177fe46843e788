import { expect, test } from "vitest";
import { expandHash } from "../../src/cron/expand-hash.ts";

test("each H becomes numbers that hang on the seed alone: a new version must not move a schedule", () => {
  expect(expandHash("H H * * *", "mail.send")).toBe("21 13 * * *");
  expect(expandHash("H/15 * * * *", "mail.send")).toBe("5,20,35,50 * * * *");
  expect(expandHash("H(0-29)/10 * * * *", "mail.send")).toBe("3,13,23 * * * *");
  expect(expandHash("H(50-55) * * * *", "mail.send")).toBe("52 * * * *");
});

test("six fields stay six", () => {
  expect(expandHash("H 0 8 * * *", "mail.send")).toMatch(/^\d+ 0 8 \* \* \*$/);
});

test("the other fields keep what they mean", () => {
  expect(expandHash("H 8 L * *", "a")).toMatch(/^\d+ 8 L \* \*$/);
  expect(expandHash("H 8 * * 1#2", "a")).toMatch(/^\d+ 8 \* \* 1#2$/);
  expect(expandHash("H 8 * * MON-FRI", "a")).toMatch(/^\d+ 8 \* \* 1-5$/);
});

test("two names are spread apart", () => {
  const minutes = new Set(Array.from({ length: 100 }, (_, index) => expandHash("H * * * *", `mail.job${index}`)));
  expect(minutes.size).toBeGreaterThan(30);
});

test.each(["*/30 * * * *", "@daily", "0 0 * * THU"])("%s has no H and stays as it is written", (expression) => {
  expect(expandHash(expression, "mail.send")).toBe(expression);
});

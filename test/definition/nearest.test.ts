import { expect, test } from "vitest";
import { nearest } from "../../src/definition/nearest.ts";

test.each([
  ["concurency", "concurrency"],
  ["CONCURRENCY", "concurrency"],
  ["rdeact", "redact"],
  ["ap", "app"],
  ["timezon", "timezone"],
])("%s is near to %s", (word, meant) => {
  expect(nearest(word, ["app", "concurrency", "redact", "timezone"])).toBe(meant);
});

test.each(["x", "", "workers"])("nothing is near to %j", (word) => {
  expect(nearest(word, ["app", "q", "concurrency"])).toBeUndefined();
});

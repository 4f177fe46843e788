import { expect, test } from "vitest";
import { statusLine } from "../../src/serve/status-line.ts";

const calm = { active: 12, waiting: 3, brokerAnswers: true, leftMs: undefined };

test("a status line counts what runs and what waits", () => {
  expect(statusLine(calm)).toBe("12 active, 3 waiting");
});

test("while the service closes, it says how long that may still take", () => {
  expect(statusLine({ ...calm, leftMs: 8_001 })).toBe("12 active, 3 waiting; closing, 9 s left");
  expect(statusLine({ ...calm, leftMs: -500 })).toBe("12 active, 3 waiting; closing, 0 s left");
});

test("nothing is said of what waits while the broker is silent", () => {
  expect(statusLine({ ...calm, waiting: undefined, brokerAnswers: false })).toBe(
    "12 active; the broker does not answer",
  );
});

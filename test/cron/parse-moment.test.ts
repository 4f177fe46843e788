import { expect, test } from "vitest";
import { parseMoment } from "../../src/cron/parse-moment.ts";

const berlin = { zone: "Europe/Berlin" };
const iso = (value: unknown, options: Parameters<typeof parseMoment>[1] = berlin) => {
  const ms = parseMoment(value, options);
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

test("a text without a zone is read on the given clock, also where that jumps or turns back", () => {
  expect(iso("2026-07-01T08:00")).toBe("2026-07-01T06:00:00.000Z");
  expect(iso("2026-07-01 08:00:30.5")).toBe("2026-07-01T06:00:30.500Z");
  expect(iso("2026-03-29T02:30")).toBe("2026-03-29T01:00:00.000Z");
  expect(iso("2026-10-25T02:30")).toBe("2026-10-25T00:30:00.000Z");
  expect(iso("1970-01-01T00:00Z")).toBe("1970-01-01T00:00:00.000Z");
});

test("a day alone is its first moment, or its last; a short day ends early", () => {
  expect(iso("2026-03-29")).toBe("2026-03-28T23:00:00.000Z");
  expect(iso("2026-03-29", { ...berlin, isEnd: true })).toBe("2026-03-29T21:59:59.999Z");
  expect(iso("2026-03-29T00:00", { ...berlin, isEnd: true })).toBe("2026-03-28T23:00:00.000Z");
});

test.each([
  "",
  "tomorrow",
  "2026-13-01",
  "2026-02-30",
  "2026-02-01T25:00",
  "2026-02-01T08",
  5,
  null,
  undefined,
  new Date("x"),
])("%j is no moment", (value) => {
  expect(parseMoment(value, berlin)).toBeUndefined();
});

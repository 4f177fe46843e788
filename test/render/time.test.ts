import { expect, test } from "vitest";
import { renderLocalTime } from "../../src/render/time.ts";

const nowMs = Date.parse("2026-11-24T12:00:00Z");

test("a moment is told on the zone's own clock", () => {
  expect(renderLocalTime("2026-11-25T07:00:00Z", "Europe/Berlin", nowMs)).toBe("Nov 25 08:00");
  expect(renderLocalTime("2026-11-25T00:00:00Z", "UTC", nowMs)).toBe("Nov 25 00:00");
});

test("the year is told where it is another one there", () => {
  expect(renderLocalTime("2026-12-31T23:30:00Z", "UTC", nowMs)).toBe("Dec 31 23:30");
  expect(renderLocalTime("2026-12-31T23:30:00Z", "Europe/Berlin", nowMs)).toBe("Jan 1 2027 00:30");
});

test("a zone that does not exist is read as UTC", () => {
  expect(renderLocalTime("2026-11-25T07:00:00Z", "Mars/Base", nowMs)).toBe("Nov 25 07:00");
});

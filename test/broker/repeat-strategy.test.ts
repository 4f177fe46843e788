import { expect, test } from "vitest";
import { repeatStrategy } from "../../src/broker/repeat-strategy.ts";

const at = (text: string) => Date.parse(text);

test("BullMQ's question is answered on the clock of the zone, gap and fold", () => {
  const berlin = { pattern: "30 2 * * *", tz: "Europe/Berlin" };
  expect(repeatStrategy(at("2026-03-28T12:00Z"), berlin)).toBe(at("2026-03-29T01:00Z"));
  expect(repeatStrategy(at("2026-10-25T00:30Z"), berlin)).toBe(at("2026-10-26T01:30Z"));
  expect(repeatStrategy(at("2026-10-03T12:00Z"), { pattern: "10 2 * * *", tz: "Australia/Lord_Howe" })).toBe(
    at("2026-10-03T15:30Z"),
  );
});

test("several expressions, start, end and jitter are minded", () => {
  const options = { pattern: "0 8 * * * | 0 20 * * *", tz: "UTC", startDate: at("2026-01-05"), jitterMs: 7 };
  const bounded = { ...options, endDate: "2026-01-05T20:00Z" };
  expect(repeatStrategy(at("2026-01-01"), bounded)).toBe(at("2026-01-05T08:00Z") + 7);
  expect(repeatStrategy(at("2026-01-05T08:00Z") + 7, bounded)).toBe(at("2026-01-05T20:00Z") + 7);
  expect(repeatStrategy(at("2026-01-05T20:00Z") + 7, bounded)).toBeUndefined();
});

test("what another program wrote never throws: in a worker that would lose the run", () => {
  expect(repeatStrategy(0, { pattern: "nonsense", tz: "UTC" })).toBeUndefined();
  expect(repeatStrategy(0, { pattern: "* * * * *", tz: "Mars/Base" })).toBeUndefined();
  expect(repeatStrategy(1, { pattern: "* * * * *" })).toBe(60_000);
});

import { expect, test, vi } from "vitest";
import { parseWholeNumber } from "../../src/commands/args/whole-number.ts";
import { toEnqueueOptions } from "../../src/commands/enqueue/flags.ts";
import { refuseMixture } from "../../src/commands/job/act-on-jobs.ts";
import { parseFilter } from "../../src/commands/job/filter.ts";
import { orReset } from "../../src/commands/queue/or-reset.ts";
import { parseRate } from "../../src/commands/queue/parse-rate.ts";

test("the flags of a filter, and what stands where they are silent", () => {
  expect(parseFilter({ state: ["failed"], queue: ["mail*"], olderThan: "1h", newerThan: "2d", error: "no" })).toEqual({
    states: ["failed"],
    queues: ["mail*"],
    jobs: [],
    olderThanMs: 3_600_000,
    newerThanMs: 172_800_000,
    error: "no",
  });
  expect(parseFilter({}, ["delayed"]).states).toEqual(["delayed"]);
});

test("a time without a zone, and a day alone, are on the clock of this host", () => {
  vi.stubEnv("TZ", "Asia/Tokyo");
  try {
    expect(toEnqueueOptions({ at: "2027-01-01T09:00" }).at).toEqual(new Date("2027-01-01T00:00Z"));
    expect(toEnqueueOptions({ at: "2027-01-01" }).at).toEqual(new Date("2026-12-31T15:00Z"));
    expect(toEnqueueOptions({ at: "2027-01-01T09:00:00Z" }).at).toEqual(new Date("2027-01-01T09:00Z"));
  } finally {
    vi.unstubAllEnvs();
  }
});

test.each(["2027-02-30T10:00:00Z", "2027-01-01 (x)", "2027-01", "2027"])("%s is no time", (at) => {
  const message = `--at must be a time, not "${at}"`;
  expect(() => toEnqueueOptions({ at })).toThrow(expect.objectContaining({ code: "USAGE", message }));
});

test("rates", () => {
  expect(parseRate("10/s")).toEqual({ max: 10, perMs: 1_000 });
  expect(parseRate("100/15m")).toEqual({ max: 100, perMs: 900_000 });
  expect(parseRate("1/250ms")).toEqual({ max: 1, perMs: 250 });
  expect(orReset(undefined, true, parseRate)).toBe("reset");
});

test.each<[string, () => unknown]>([
  ['"pending" is no state of a job', () => parseFilter({ state: ["pending"] })],
  ['"active" is no state that this is for', () => parseFilter({ state: ["active"] }, ["failed"])],
  ['--older-than must be a duration such as "1h", not "soon"', () => parseFilter({ olderThan: "soon" })],
  ["which jobs to retry is not said", () => refuseMixture("retry", [], { queue: ["mail"] })],
  ["ids and --all do not go together", () => refuseMixture("retry", ["a"], { all: true })],
  ["ids and --older-than do not go together", () => refuseMixture("retry", ["a"], { olderThan: "1h" })],
  ["ids and --cancelled do not go together", () => refuseMixture("retry", ["a"], { cancelled: true })],
  ["ids and several queues do not go together", () => refuseMixture("retry", ["a"], { queue: ["a", "b"] })],
  ["no limit is said", () => orReset(undefined, undefined, parseRate)],
  ['"10/s" and --reset do not go together', () => orReset("10/s", true, parseRate)],
  ['a rate is such as "10/s" or "100/15m", not "10"', () => parseRate("10")],
  ['a rate is such as "10/s" or "100/15m", not "0/s"', () => parseRate("0/s")],
  ['a rate is such as "10/s" or "100/15m", not "5/0s"', () => parseRate("5/0s")],
  ['n must be a whole number from 1, not "1.5"', () => parseWholeNumber("n", "1.5", 1)],
])("%s", (message, call) => {
  expect(call).toThrow(expect.objectContaining({ code: "USAGE", message }));
});

test("ids with the queue that holds them, and --all with filters, are accepted", () => {
  expect(() => refuseMixture("retry", ["a"], { queue: ["mail"] })).not.toThrow();
  expect(() => refuseMixture("retry", [], { all: true, queue: ["a", "b"], job: ["c"] })).not.toThrow();
});

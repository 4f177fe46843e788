import { expect, test } from "vitest";
import { checkJobOptions } from "../../src/definition/check-job-options.ts";

test("options that are right have no problems", () => {
  const backoff = { type: "exponential", delay: "1s", max: 60_000, jitter: 0.5 };
  const options = { attempts: 5, backoff, timeout: "30s", heartbeat: undefined, maxInterruptions: 0, isolate: true };
  expect(checkJobOptions(options, "defaults")).toEqual([]);
  const atEnqueue = { priority: 2_097_151, delay: "1s", unique: () => "key", maxArgsSize: "64kb" };
  expect(checkJobOptions({ ...atEnqueue, backoff: () => 0 }, "defaults")).toEqual([]);
  expect(["16mb", "1.5GB", 64 * 1_024 ** 2].flatMap((maxMemory) => checkJobOptions({ maxMemory }, ""))).toEqual([]);
});

test("each wrong value is a line that names its key", () => {
  const backoff = { type: "linear", delay: "soon", jitter: 2, maxx: 1 };
  const options = { attempts: 0, backoff, timeout: "5", heartbeat: -1, maxInterruptions: 1.5, atempts: 3 };
  expect(checkJobOptions(options, "defaults")).toEqual([
    "defaults.attempts must be a whole number from 1, not 0 (number)",
    'defaults.backoff.type must be "fixed" or "exponential", not "linear" (string)',
    'defaults.backoff.delay must be a duration such as "30s", not "soon" (string)',
    "defaults.backoff.jitter must be a number from 0 to 1, not 2 (number)",
    'unknown key "defaults.backoff.maxx": did you mean "defaults.backoff.max"?',
    'defaults.timeout must be a duration such as "30s", not "5" (string)',
    'defaults.heartbeat must be a duration such as "30s", not -1 (number)',
    "defaults.maxInterruptions must be a whole number from 0, not 1.5 (number)",
    'unknown key "defaults.atempts": did you mean "defaults.attempts"?',
  ]);
});

test("what acts when a job is enqueued is checked in the same way", () => {
  expect(checkJobOptions({ priority: 2_097_152, delay: "soon", unique: "", maxArgsSize: "much" }, "defaults")).toEqual([
    "defaults.priority must be a whole number from 0 to 2097151, not 2097152 (number)",
    'defaults.delay must be a duration such as "30s", not "soon" (string)',
    expect.stringMatching(/^defaults.unique must be true, false, a text of 1 to 512 characters or a function/),
    'defaults.maxArgsSize must be bytes, or a size such as "64kb", not "much" (string)',
  ]);
});

test("a thread is given memory to start with", () => {
  expect([15 * 1_024 ** 2, "512kb", "much"].flatMap((maxMemory) => checkJobOptions({ maxMemory }, ""))).toEqual([
    'maxMemory must be a size such as "256mb", at least "16mb", not 15728640 (number)',
    'maxMemory must be a size such as "256mb", at least "16mb", not "512kb" (string)',
    'maxMemory must be a size such as "256mb", at least "16mb", not "much" (string)',
  ]);
});

test("a backoff needs its type and its delay", () => {
  expect(checkJobOptions({ backoff: {} }, "")).toEqual(["backoff.type is missing", "backoff.delay is missing"]);
  expect(checkJobOptions({ backoff: 5 }, "")).toEqual(["backoff must be an object, not 5 (number)"]);
  expect(checkJobOptions({ backoff: [] }, "")).toEqual(["backoff must be an object, not an empty array"]);
});

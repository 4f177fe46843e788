import { jobOptionChecks } from "../definition/check-job-options.ts";
import { checks } from "../definition/checks.ts";
import { parseDuration } from "../definition/duration.ts";

/** What each key of a schedule may be; its times are read apart. */
export const scheduleChecks = {
  ...jobOptionChecks,
  job: () => [],
  handler: checks.must("a function", (value) => typeof value === "function"),
  cron: () => [],
  timezone: () => [],
  startAt: () => [],
  endAt: () => [],
  jitter: checks.duration,
  every: checks.must('a duration of at least "1s"', (value) => (parseDuration(value) ?? 0) >= 1_000),
  args: () => [],
  name: checks.text,
  unique: checks.flag,
  overlap: checks.must('"skip", "allow" or "queue"', (value) => ["skip", "allow", "queue"].includes(value as string)),
  catchUp: checks.must('"once", "skip" or "all"', (value) => ["once", "skip", "all"].includes(value as string)),
  catchUpWindow: checks.must('a duration of at least "1s"', (value) => (parseDuration(value) ?? 0) >= 1_000),
};

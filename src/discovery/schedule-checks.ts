import { enqueueDefaultChecks, jobOptionChecks } from "../definition/check-job-options.ts";
import { checks } from "../definition/checks.ts";
import { parseDuration } from "../definition/duration.ts";

const atLeastASecond = checks.must('a duration of at least "1s"', (value) => (parseDuration(value) ?? 0) >= 1_000);

/** What each field of a schedule must be. Those that hang together are checked elsewhere. */
export const scheduleChecks = {
  ...jobOptionChecks,
  priority: enqueueDefaultChecks.priority,
  job: () => [],
  handler: checks.must("a function", (value) => typeof value === "function"),
  cron: () => [],
  timezone: () => [],
  startAt: () => [],
  endAt: () => [],
  jitter: checks.duration,
  every: atLeastASecond,
  args: () => [],
  name: checks.text,
  unique: checks.flag,
  overlap: checks.must('"skip", "allow" or "queue"', (value) => ["skip", "allow", "queue"].includes(value as string)),
  catchUp: checks.must('"once", "skip" or "all"', (value) => ["once", "skip", "all"].includes(value as string)),
  catchUpWindow: atLeastASecond,
};

import { type Check, checkShape } from "./check-shape.ts";
import { checkUnique } from "./check-unique.ts";
import { checks } from "./checks.ts";
import type { Backoff, EnqueueDefaults, JobOptions } from "./job.ts";
import { parseSize } from "./size.ts";

/** With much less a thread cannot even start, and takes the process along. */
const leastMemory = 16 * 1_024 ** 2;

const backoffChecks: { readonly [Key in keyof Required<Backoff>]: Check } = {
  type: checks.must('"fixed" or "exponential"', (value) => value === "fixed" || value === "exponential"),
  delay: checks.duration,
  max: checks.duration,
  jitter: checks.must("a number from 0 to 1", (value) => typeof value === "number" && value >= 0 && value <= 1),
};

/** A check for each key of job options that a worker goes by: for shapes that hold these keys and more. */
export const jobOptionChecks: { readonly [Key in keyof Required<JobOptions>]: Check } = {
  attempts: checks.wholeFrom(1),
  backoff: checkBackoff,
  timeout: checks.duration,
  heartbeat: checks.duration,
  autoHeartbeat: checks.flag,
  maxInterruptions: checks.wholeFrom(0),
  isolate: checks.flag,
  maxMemory: checks.must('a size such as "256mb", at least "16mb"', (value) => (parseSize(value) ?? 0) >= leastMemory),
};

/** BullMQ's bound. */
export const lowestPriority = 2_097_151;

/** The same for those that act when a job is enqueued. */
export const enqueueDefaultChecks: { readonly [Key in keyof Required<EnqueueDefaults>]: Check } = {
  priority: checks.must(
    `a whole number from 0 to ${lowestPriority}`,
    (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= lowestPriority,
  ),
  delay: checks.duration,
  unique: checkUnique,
  maxArgsSize: checks.size,
};

/** The problems of one layer of job options, each a line that names its key; `path` is what the keys hang from. */
export function checkJobOptions(options: object, path: string): string[] {
  return checkShape(options, path, { ...jobOptionChecks, ...enqueueDefaultChecks });
}

function checkBackoff(value: unknown, path: string): string[] {
  if (typeof value === "function") return [];
  const problems = checkShape(value, path, backoffChecks);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return problems;
  const missing = ["type", "delay"].filter((key) => (value as Record<string, unknown>)[key] === undefined);
  return [...problems, ...missing.map((key) => `${path}.${key} is missing`)];
}

import { type Check, checkShape } from "../definition/check-shape.ts";
import { checks } from "../definition/checks.ts";
import type { RateLimit } from "../definition/config.ts";
import { parseDuration } from "../definition/duration.ts";

const rateLimitChecks: { readonly [Key in keyof RateLimit]: Check } = {
  max: checks.wholeFrom(1),
  per: checks.must('a duration such as "1s", longer than zero', (value) => (parseDuration(value) ?? 0) > 0),
};

/** The problems of a queue's rate limit: both of its keys are needed. */
export function checkRateLimit(value: unknown, path: string): string[] {
  const problems = checkShape(value, path, rateLimitChecks);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return problems;
  const missing = Object.keys(rateLimitChecks).filter((key) => (value as Record<string, unknown>)[key] === undefined);
  return [...problems, ...missing.map((key) => `${path}.${key} is missing`)];
}

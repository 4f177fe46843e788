import { parseDuration } from "../definition/duration.ts";
import type { Backoff } from "../definition/job.ts";

/** How long to wait before the next attempt. */
export function backoffMs(
  { type, delay, max, jitter = 0 }: Backoff,
  attemptsMade: number,
  random = Math.random,
): number {
  const base = parseDuration(delay)!;
  const grown = type === "exponential" ? base * 2 ** (attemptsMade - 1) : base;
  const bounded = Math.min(grown, max === undefined ? Number.MAX_SAFE_INTEGER : parseDuration(max)!);
  return Math.round(bounded * (1 - jitter * random()));
}

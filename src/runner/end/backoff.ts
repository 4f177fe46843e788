import { parseDuration } from "../../definition/duration.ts";
import type { Backoff, BackoffFunction } from "../../definition/job.ts";
import { showValue } from "../../definition/show-value.ts";
import type { OnEvent } from "../events.ts";
import { describe } from "./describe.ts";

/** What a wait may hang on. */
export interface FailedAttempts {
  /** How many attempts have failed. */
  readonly made: number;
  /** Why the last one did. */
  readonly error: Error;
}

/** How long to wait before the next attempt. */
export function backoffMs(
  job: string,
  backoff: Backoff | BackoffFunction,
  failed: FailedAttempts,
  onEvent: OnEvent,
  random = Math.random,
): number {
  return typeof backoff === "function" ? ask(job, backoff, failed, onEvent) : grow(backoff, failed.made, random);
}

function grow({ type, delay, max, jitter = 0 }: Backoff, made: number, random: () => number): number {
  const base = parseDuration(delay)!;
  const grown = type === "exponential" ? base * 2 ** (made - 1) : base;
  const bounded = Math.min(grown, max === undefined ? Number.MAX_SAFE_INTEGER : parseDuration(max)!);
  return Math.round(bounded * (1 - jitter * random()));
}

/** Whatever it does, the attempt's end has to be stored. */
function ask(job: string, backoff: BackoffFunction, { made, error }: FailedAttempts, onEvent: OnEvent): number {
  let fault: string;
  try {
    const said = backoff(made, error);
    const ms = parseDuration(said);
    if (ms !== undefined) return ms;
    fault = `gave ${showValue(said)}, which is no length of time`;
  } catch (thrown) {
    fault = `threw: ${describe(thrown)}`;
  }
  onEvent({ type: "warning", message: `the backoff of ${job} ${fault}; its next attempt does not wait` });
  return 0;
}

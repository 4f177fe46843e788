import { isDate } from "node:util/types";
import { lowestPriority } from "../definition/check-job-options.ts";
import { checkQueueName } from "../definition/check-queue-name.ts";
import { checkUnique } from "../definition/check-unique.ts";
import { type Duration, parseDuration } from "../definition/duration.ts";
import type { EnqueueOptions } from "../definition/enqueue.ts";
import type { EnqueueTerms } from "../definition/enqueue-terms.ts";
import { nearest } from "../definition/nearest.ts";
import { showValue } from "../definition/show-value.ts";
import { TaskqError } from "../errors.ts";

/** A hundred years. Much later no moment can be written down any more. */
const longestDelayMs = 36_525 * 86_400_000;

const known: Readonly<Record<keyof EnqueueOptions, true>> = {
  delay: true,
  at: true,
  priority: true,
  attempts: true,
  timeout: true,
  queue: true,
  id: true,
  meta: true,
  unique: true,
  replace: true,
};

/** The options of a call over what holds for the job, checked. */
export function checkEnqueueOptions(options: EnqueueOptions, terms: EnqueueTerms) {
  for (const option of Object.keys(options)) if (!Object.hasOwn(known, option)) throw unknown(option);
  const { delay, at, priority, attempts, timeout, queue, unique, replace = false } = options;
  if (delay !== undefined && at !== undefined)
    throw usage("a job has either a delay or a time, not both", "Leave one of them out.");
  if (at !== undefined && !isDate(at)) {
    throw usage(`the time to run at must be a Date, not ${showValue(at)}`, "Write new Date(…) around it.");
  }
  if (at !== undefined && Number.isNaN(at.getTime())) {
    throw usage("the time to run at is no date", "Write it as 2026-12-24T18:00:00Z.");
  }
  const [problem] = [
    ...(queue === undefined ? [] : checkQueueName(queue, "the queue")),
    ...(unique === undefined ? [] : checkUnique(unique, "unique")),
  ];
  if (problem) throw usage(problem);
  const delayMs = at ? Math.max(at.getTime() - Date.now(), 0) : (durationMs("delay", delay ?? terms.delay) ?? 0);
  if (delayMs > longestDelayMs) {
    const said = at
      ? `the time to run at ${at.toISOString()} is more than 100 years away`
      : `the delay ${JSON.stringify(delay ?? terms.delay)} is longer than 100 years`;
    throw usage(said, "Say a time that comes sooner.");
  }
  return {
    delayMs,
    atMs: at?.getTime(),
    priority: whole("priority", priority ?? terms.priority, 0, lowestPriority),
    attempts: attempts === undefined ? undefined : whole("attempts", attempts, 1, 1_000_000),
    timeoutMs: durationMs("timeout", timeout),
    unique: unique ?? terms.unique,
    replace,
  };
}

function durationMs(what: string, value: Duration | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = parseDuration(value);
  if (ms !== undefined) return ms;
  throw usage(`the ${what} ${JSON.stringify(value)} is no length of time`, "Write it as 30s, 5m, 1h30m or 7d.");
}

function whole(what: string, value: number, from: number, to: number): number {
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw usage(`${what} must be a whole number from ${from} to ${to}, not ${value}`);
}

function unknown(option: string): TaskqError {
  const meant = nearest(option, Object.keys(known));
  const hint = meant ? `Did you mean ${meant}?` : `A call may say ${Object.keys(known).join(", ")}.`;
  return usage(`the call has the unknown option "${option}"`, hint);
}

function usage(message: string, hint?: string): TaskqError {
  return new TaskqError("USAGE", message, { hint });
}

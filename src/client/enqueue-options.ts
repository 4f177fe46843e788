import { type Duration, parseDuration } from "../definition/duration.ts";
import type { EnqueueOptions } from "../definition/enqueue.ts";
import type { AnyJob } from "../definition/job.ts";
import { TaskqError } from "../errors.ts";

const lowestPriority = 2_097_151;

/** The options of a call over those of the job, checked. */
export function checkEnqueueOptions({ delay, at, priority, attempts, timeout, id }: EnqueueOptions, job: AnyJob) {
  if (delay !== undefined && at !== undefined) throw usage("a job has either a delay or a time, not both");
  if (at !== undefined && Number.isNaN(at.getTime())) {
    throw usage("the time to run at is no date", "Write it as 2026-12-24T18:00:00Z.");
  }
  if (id !== undefined && !/^[\w.-]{1,128}$/.test(id)) {
    throw usage(`the job id "${id}" is refused`, "Use letters, digits, `_`, `.` and `-`, at most 128.");
  }
  return {
    id,
    delayMs: at ? Math.max(at.getTime() - Date.now(), 0) : (durationMs("delay", delay ?? job.delay) ?? 0),
    priority: whole("priority", priority ?? job.priority ?? 0, 0, lowestPriority),
    attempts: attempts === undefined ? undefined : whole("attempts", attempts, 1, 1_000_000),
    timeoutMs: durationMs("timeout", timeout),
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

function usage(message: string, hint?: string): TaskqError {
  return new TaskqError("USAGE", message, { hint });
}

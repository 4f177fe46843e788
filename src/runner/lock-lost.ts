import { TaskqError } from "../errors.ts";
import { abortAttempt } from "./attempt/attempt.ts";
import type { Attempts } from "./attempt/attempts.ts";
import type { OnEvent } from "./events.ts";

/** The broker tells of a lost lock more than once: at a look, and at each try to store the job's end. */
const sameMs = 60_000;
const mostKept = 1_000;

/** Another worker has a job that still runs here: its handler is told to stop, for what it does is of no use. Told once. */
export function createLockLost(attempts: Attempts, onEvent: OnEvent): (queue: string, id: string) => void {
  const told = new Map<string, number>();

  return (queue, id) => {
    const key = `${queue} ${id}`;
    const nowMs = Date.now();
    if (nowMs - (told.get(key) ?? Number.NEGATIVE_INFINITY) < sameMs) return;
    if (told.size >= mostKept) told.clear();
    told.set(key, nowMs);

    const attempt = attempts.find(queue, id);
    const error = new TaskqError("JOB_INTERRUPTED", `another worker has taken ${attempt?.delivery.job ?? id} over`);
    if (attempt) abortAttempt(attempt, { cause: "lock lost", error, atMs: nowMs });
    onEvent({ type: "lockLost", queue, id });
  };
}

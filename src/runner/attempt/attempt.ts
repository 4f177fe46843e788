import type { Delivery } from "../../broker/worker/delivery.ts";
import { TaskqError } from "../../errors.ts";
import { runAs } from "./current-attempt.ts";

/** One run of one handler. */
export interface Attempt {
  readonly delivery: Delivery;
  /** Whether what its handler starts knows whose it is. */
  readonly traced: boolean;
  startedAtMs: number;
  deadlineMs: number;
  readonly heartbeatMs: number | undefined;
  /** Beats at each look, as long as the event loop turns. */
  autoHeartbeat: boolean;
  /** Rejects the attempt whatever its handler does. */
  readonly giveUp: (reason: Error) => void;
  lastBeatMs: number;
  /** What the handler last said of it. */
  progress: number | object | undefined;
  /** Made only for handlers that ask for their signal. */
  controller: AbortController | undefined;
  abort: Abort | undefined;
  /** What `reschedule` or `rateLimit` threw: it holds even where the handler catches it. */
  leaving: Error | undefined;
  /** Ends the thread of an isolated handler, and the attempt with it. Again is no harm. */
  terminate: (() => void) | undefined;
  /** Given up while its handler goes on. */
  abandoned: boolean;
  /** Its handler has settled. */
  isOver: boolean;
}

export interface Abort {
  readonly cause: "timeout" | "cancelled" | "closing" | "lock lost" | "stray error";
  readonly error: Error;
  readonly atMs: number;
}

/** The signal of an attempt, made when first asked for. */
export function signalOf(attempt: Attempt): AbortSignal {
  attempt.controller ??= new AbortController();
  if (attempt.abort && !attempt.controller.signal.aborted) attempt.controller.abort(attempt.abort.error);
  return attempt.controller.signal;
}

/** Tells the handler, once, that it has to stop. */
export function abortAttempt(attempt: Attempt, abort: Abort): void {
  if (attempt.abort) return;
  attempt.abort = abort;
  const { controller, traced } = attempt;
  if (!controller) return;
  const tell = () => controller.abort(abort.error);
  if (traced)
    runAs(attempt, tell); // what a listener leaves behind is its attempt's
  else tell();
}

/** Why an attempt has run out of time, or undefined while it has not. */
export function overdue({ delivery, startedAtMs, deadlineMs, heartbeatMs, lastBeatMs }: Attempt, nowMs: number) {
  if (nowMs >= deadlineMs) {
    return new TaskqError("JOB_TIMEOUT", `${delivery.job} timed out after ${deadlineMs - startedAtMs} ms`);
  }
  if (heartbeatMs !== undefined && nowMs - lastBeatMs >= heartbeatMs) {
    return new TaskqError("JOB_TIMEOUT", `${delivery.job} was silent for ${heartbeatMs} ms, its heartbeat`);
  }
  return undefined;
}

import { TaskqError } from "../../errors.ts";

/** That a handler gives its job back to the queue. */
export interface Leave {
  readonly kind: "rescheduled" | "rateLimited";
  readonly delayMs: number;
}

// By identity, as with interruptions: no error of a handler's own can be taken for one.
const leaves = new WeakMap<object, Leave>();

/** What `reschedule` and `rateLimit` throw. */
export function createLeave(leave: Leave): TaskqError {
  const error = new TaskqError("JOB_INTERRUPTED", `the job is ${leave.kind === "rescheduled" ? leave.kind : "held"}`);
  leaves.set(error, leave);
  return error;
}

export const leaveOf = (thrown: unknown): Leave | undefined =>
  typeof thrown === "object" && thrown !== null ? leaves.get(thrown) : undefined;

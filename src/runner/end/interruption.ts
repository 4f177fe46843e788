import { TaskqError } from "../../errors.ts";

// By identity: a handler may throw an error of the same code, and that is a failure like any other.
const ours = new WeakSet<object>();

/** Why an attempt ends although its handler did not: the worker closes. Such a job is put back. */
export function createInterruption(message: string): TaskqError {
  const error = new TaskqError("JOB_INTERRUPTED", message);
  ours.add(error);
  return error;
}

export const isInterruption = (thrown: unknown): boolean =>
  typeof thrown === "object" && thrown !== null && ours.has(thrown);

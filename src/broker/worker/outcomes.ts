import { DelayedError, UnrecoverableError, WaitingError } from "bullmq";

/** What a processor throws when the job has already gone back to waiting. */
export const wentBack = (): Error => new WaitingError();

/** What a processor throws when the job has already been put off. */
export const wasPutOff = (): Error => new DelayedError();

/** The same failure, never to be tried again. */
export function unrecoverable(error: Error): Error {
  const final = new UnrecoverableError(error.message);
  if (error.stack !== undefined) final.stack = error.stack;
  return final;
}

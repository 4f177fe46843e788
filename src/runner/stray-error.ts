import { abortAttempt } from "./attempt.ts";
import { currentAttempt } from "./current-attempt.ts";
import { toError } from "./to-error.ts";

/**
 * For an error that nobody caught, where it arose: fails the attempt that it belongs to, and no other.
 * False where that cannot be told, as for one outside of all handlers.
 */
export function failOwner(thrown: unknown): boolean {
  const attempt = currentAttempt();
  if (!attempt) return false;
  const error = toError(thrown);
  abortAttempt(attempt, { cause: "stray error", error, atMs: Date.now() });
  attempt.abandoned = true; // its handler may go on, waiting for what will never come
  attempt.giveUp(error);
  return true;
}

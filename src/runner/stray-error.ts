import { abortAttempt } from "./attempt.ts";
import { currentAttempt } from "./current-attempt.ts";
import { describe } from "./describe.ts";
import { toError } from "./to-error.ts";

/**
 * For an error that nobody caught, where it arose: fails the attempt that it belongs to, and no other; `onLate` hears of one whose
 * attempt has ended. False where that cannot be told, as for one outside of all handlers.
 */
export function failOwner(thrown: unknown, onLate: (what: string) => void): boolean {
  const attempt = currentAttempt();
  if (!attempt) return false;
  const { delivery, isOver, abandoned, abort } = attempt;
  if (isOver || abandoned || abort?.cause === "stray error") {
    onLate(`an error of ${delivery.job} ${delivery.id} after its end: ${describe(thrown)}`);
    return true;
  }
  const error = toError(thrown);
  abortAttempt(attempt, { cause: "stray error", error, atMs: Date.now() }); // a handler that goes on is abandoned after its grace
  attempt.giveUp(error);
  return true;
}

import { describe } from "../end/describe.ts";
import { toError } from "../end/to-error.ts";
import { type Abort, abortAttempt } from "./attempt.ts";
import { currentAttempt } from "./current-attempt.ts";

/**
 * For an error that nobody caught, where it arose: fails the attempt that it belongs to, and no other; `onLate` hears of one whose
 * attempt has ended, or has been aborted: then the abort says how it ends. False where that cannot be told, as for one outside of
 * all handlers.
 */
export function failOwner(thrown: unknown, onLate: (what: string) => void): boolean {
  const attempt = currentAttempt();
  if (!attempt) return false;
  const { delivery, isOver, abandoned, abort } = attempt;
  if (isOver || abandoned || abort) {
    const after = isOver || abandoned || abort?.cause === "stray error" ? "end" : "abort";
    if (!abort || !isOf(thrown, abort))
      onLate(`an error of ${delivery.job} ${delivery.id} after its ${after}: ${describe(thrown)}`);
    return true;
  }
  const error = toError(thrown);
  abortAttempt(attempt, { cause: "stray error", error, atMs: Date.now() }); // a handler that goes on is abandoned after its grace
  attempt.giveUp(error);
  return true;
}

/** Whether the abort itself was thrown, as whatever listens to the signal does: Node.js with the reason as its cause. */
function isOf(thrown: unknown, { error }: Abort): boolean {
  if (thrown === error) return true;
  try {
    return (thrown as { cause?: unknown }).cause === error;
  } catch {
    return false;
  }
}

import { type Attempt, signalOf } from "../attempt/attempt.ts";
import type { Thread } from "./thread.ts";

/** Rejects where the thread does not start, or with the abort of a job that is not wanted any more before it has. */
export async function untilReady({ ready }: Thread, attempt: Attempt): Promise<void> {
  const signal = signalOf(attempt);
  const aborted = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  await Promise.race([ready, aborted]);
}

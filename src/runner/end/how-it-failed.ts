import type { Delivery } from "../../broker/worker/delivery.ts";
import { unrecoverable, wasPutOff, wentBack } from "../../broker/worker/outcomes.ts";
import { leaveOf } from "../attempt/leave.ts";
import { cancellationOf } from "../cancels.ts";
import type { OnEvent } from "../events.ts";
import { isInterruption } from "./interruption.ts";
import { isUnrecoverable, toError } from "./to-error.ts";

/** What an attempt that did not return means for its job: put back, put off, cancelled or failed. Returned for the processor to throw. */
export async function howItFailed(thrown: unknown, delivery: Delivery, onEvent: OnEvent): Promise<Error> {
  if (isInterruption(thrown)) {
    await delivery.putBack();
    onEvent({ type: "putBack", queue: delivery.queue, job: delivery.job, id: delivery.id, reason: "closing" });
    return wentBack();
  }
  const leave = leaveOf(thrown);
  if (leave) {
    const { queue, job, id } = delivery;
    const { kind: type, delayMs } = leave;
    await (type === "rescheduled" ? delivery.putOff(delayMs) : delivery.rateLimit(delayMs));
    onEvent({ type, queue, job, id, delayMs });
    return type === "rescheduled" ? wasPutOff() : wentBack();
  }
  const cancellation = cancellationOf(thrown);
  if (cancellation) {
    await delivery.noteCancelled(cancellation).catch(() => {});
    return unrecoverable(thrown as Error);
  }
  await delivery.noteAttempts().catch(() => {}); // the end itself is tried until it is stored
  const error = toError(thrown);
  return isUnrecoverable(thrown) ? unrecoverable(error) : error;
}

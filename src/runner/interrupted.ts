import type { Delivery } from "../broker/worker/delivery.ts";
import { unrecoverable } from "../broker/worker/outcomes.ts";
import { TaskqError } from "../errors.ts";
import type { OnEvent } from "./events.ts";

const longestSpreadMs = 30_000;

/** Throws what fails a job whose process was lost with it more often than is allowed. */
export async function refuseInterrupted(delivery: Delivery, allowed: number): Promise<void> {
  const interruptions = await delivery.countInterruptions();
  if (interruptions <= allowed) return;
  throw unrecoverable(new TaskqError("JOB_INTERRUPTED", `interrupted ${interruptions} times`));
}

/**
 * Jobs whose process died with them again and again may be the neighbours of the one that kills it. So each goes its own way,
 * once after each such death: it starts again after a random while, and the killer dies alone. Tells whether this one is gone.
 */
export async function spreadNeighbour(delivery: Delivery, onEvent: OnEvent): Promise<boolean> {
  if (!(await delivery.isFirstSinceStall())) return false;
  await delivery.putOff(Math.random() * Math.min(longestSpreadMs, 1_000 * 2 ** delivery.stalls));
  const { queue, job, id } = delivery;
  onEvent({ type: "putBack", queue, job, id, reason: "its process died" });
  return true;
}

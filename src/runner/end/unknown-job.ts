import type { Delivery } from "../../broker/worker/delivery.ts";
import { unrecoverable, wasPutOff } from "../../broker/worker/outcomes.ts";
import type { Catalog } from "../../discovery/catalog.ts";
import { TaskqError } from "../../errors.ts";
import type { OnEvent } from "../events.ts";

const shortestMs = 1_000;
const longestMs = 30_000;

/**
 * A job whose name this process does not know may belong to a newer release: it is put off, each time for longer,
 * and fails only when the grace is over. What is returned is for the processor to throw.
 */
export async function putOffUnknown(
  delivery: Delivery,
  catalog: Catalog,
  graceMs: number,
  onEvent: OnEvent,
): Promise<Error> {
  const nowMs = Date.now();
  const sinceMs = nowMs - (await delivery.firstUnknownAtMs(nowMs));
  const { queue, job, id } = delivery;

  if (sinceMs >= graceMs) {
    const known = catalog.jobs.filter((other) => other.queue === queue).map(({ name }) => name);
    return unrecoverable(
      new TaskqError(
        "JOB_NOT_FOUND",
        `no job of the queue ${queue} is named "${job}"; known: ${known.join(", ") || "none"}`,
      ),
    );
  }
  await delivery.putOff(putOffMs(sinceMs, graceMs));
  onEvent({ type: "putBack", queue, job, id, reason: "unknown name" });
  return wasPutOff();
}

/** The next look: ever later, but within the grace. */
export const putOffMs = (sinceMs: number, graceMs: number) =>
  Math.min(Math.max(sinceMs / 2, shortestMs), longestMs, graceMs);

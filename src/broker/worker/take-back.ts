import { Job } from "bullmq";
import type { Broker } from "../broker.ts";
import { fromBrokerId } from "../job-id.ts";
import { queueOf } from "../queues.ts";
import { claimJobs, type SilentRunner } from "../store/owners.ts";
import { removeRunner } from "../store/runners.ts";
import { type HeldJob, noteUnderLock } from "./note-under-lock.ts";

/**
 * Gives the jobs of a dead runner back to waiting, each counted as stalled. Returns their queues and ids, or undefined
 * where the runner has been heard of since, or another process does it.
 */
export async function takeBack(
  broker: Broker,
  runner: SilentRunner,
): Promise<{ readonly queue: string; readonly id: string }[] | undefined> {
  const jobs = await claimJobs(broker, runner);
  if (!jobs) return undefined;
  const taken = await Promise.all(
    jobs.map(async (job) => {
      // Before whoever takes it next reads it.
      const isHeld = (await noteUnderLock(broker, job, "HINCRBY", stalls, 1)) !== null;
      const isOurs = isHeld && (await giveBack(broker, job));
      return isOurs ? [{ queue: job.queue, id: fromBrokerId(job.id) }] : [];
    }),
  );
  await removeRunner(broker, runner.id, runner.owner.queues);
  return taken.flat();
}

/** BullMQ's count of a job's stalls. */
const stalls = "stc";

/**
 * Moves an active job to waiting whose lock has this value; false where it has another by now. Throws where that cannot be
 * told, so that it is tried again.
 */
export async function giveBack(broker: Broker, { queue, id, token }: HeldJob): Promise<boolean> {
  // No need to read it: a record that cannot be read is given back like any other.
  const job = new Job(await queueOf(broker, queue), "", {}, {}, id);
  try {
    await job.moveToWait(token);
    return true;
  } catch (error) {
    // BullMQ's own answers have numbers.
    if (typeof (error as { code?: unknown }).code !== "number") throw error;
    return false;
  }
}

import { Job } from "bullmq";
import { type Broker, redisOf } from "./broker.ts";
import { fromBrokerId } from "./job-id.ts";
import { queueOf } from "./queues.ts";
import { claimJobs, type SilentRunner } from "./store/owners.ts";
import { removeRunner } from "./store/runners.ts";

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
    jobs.map(async ({ queue, id, token }) => {
      const isOurs = await giveBack(broker, queue, id, token);
      if (isOurs) await broker[redisOf].hincrby(`${broker.prefix}:${queue}:${id}`, stalls, 1);
      return isOurs ? [{ queue, id: fromBrokerId(id) }] : [];
    }),
  );
  await removeRunner(broker, runner.id, runner.owner.queues);
  return taken.flat();
}

/** BullMQ's count of a job's stalls. */
const stalls = "stc";

/** Moves an active job to waiting whose lock has this value; false where it has another by now. */
export async function giveBack(broker: Broker, queue: string, id: string, token: string): Promise<boolean> {
  // No need to read it: a record that cannot be read is given back like any other.
  const job = new Job(await queueOf(broker, queue), "", {}, {}, id);
  return job.moveToWait(token).then(
    () => true,
    () => false,
  );
}

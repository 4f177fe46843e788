import { Job } from "bullmq";
import type { Broker } from "../broker.ts";
import { queueOf } from "../queues.ts";

/** Lets a job that was put off begin now, whatever its record holds. One that is not put off is left where it is. */
export async function wakeRun(broker: Broker, { queue: name, id }: { queue: string; id: string }): Promise<void> {
  const queue = await queueOf(broker, name);
  await new Job(queue, "", {}, {}, id).promote().catch(() => {}); // it has gone on by itself
}

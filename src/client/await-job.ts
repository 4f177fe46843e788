import type { Broker } from "../broker/broker.ts";
import type { Listener } from "../broker/listen/listener.ts";
import { jobIsGone, locateJob } from "../broker/look/locate-job.ts";
import { readJob } from "../broker/look/read-job.ts";
import type { Duration } from "../definition/duration.ts";
import { type Settled, settle } from "./settle.ts";

export interface AwaitOptions {
  /** How long to wait for the job's end. The job goes on after it. Default: without end. */
  readonly timeout?: Duration | undefined;
  /** Ends the waiting. The job goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Where two queues hold the id. Default: whichever queue has it. */
  readonly queue?: string | undefined;
}

/** A job that somebody has enqueued, here or elsewhere. */
export interface AwaitedJob {
  readonly id: string;
  readonly job: string;
  readonly queue: string;
}

export interface AwaitTools {
  readonly broker: Broker;
  readonly listener: () => Promise<Listener>;
}

/** Waits until a job has ended that is there already, or tells at once how it did. Throws JOB_NOT_FOUND where none has the id. */
export async function awaitJob(
  { broker, listener }: AwaitTools,
  id: string,
  { queue: said, timeout, signal }: AwaitOptions = {},
  onFound?: (job: AwaitedJob) => void,
): Promise<Settled<AwaitedJob>> {
  const { queue, key } = await locateJob(broker, id, said);
  const { job } = (await readJob(broker, queue, key, false)) ?? jobIsGone(id, [queue]);
  const options = { broker: async () => broker, listener, queue, key, timeout, signal, onReceipt: onFound };
  return settle(options, async (listening) => {
    await listening();
    return { id, job, queue };
  });
}

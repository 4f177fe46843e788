import { randomUUID } from "node:crypto";
import { type Broker, redisOf } from "./broker.ts";
import { brokerError } from "./broker-error.ts";
import { toBrokerId } from "./job-id.ts";
import { queueOf } from "./queues.ts";
import { rememberQueue } from "./store/queue-names.ts";

/** A job as it is put on its queue: only what the call said is stored beside the args. */
export interface NewJob {
  readonly id: string;
  /** The id was chosen by the caller, so that a namesake may exist. */
  readonly given: boolean;
  readonly job: string;
  readonly queue: string;
  readonly args: object;
  readonly delayMs: number;
  readonly priority: number;
  readonly attempts: number | undefined;
  readonly timeoutMs: number | undefined;
}

/** Whether the job is new; where not, its namesake has finished or is still there. */
export type Added =
  | { readonly created: true }
  | {
      readonly created: false;
      readonly reason: "exists" | "finished";
      readonly state: string;
      readonly runAtMs: number;
    };

/** Puts one job on its queue. */
export async function enqueue(broker: Broker, job: NewJob): Promise<Added> {
  const nonce = job.given ? randomUUID() : undefined;
  const said = { ...(job.timeoutMs !== undefined && { timeoutMs: job.timeoutMs }), ...(nonce && { nonce }) };

  try {
    const queue = await queueOf(broker, job.queue);
    await rememberQueue(broker, job.queue);
    await queue.add(job.job, job.args, {
      jobId: toBrokerId(job.id),
      ...(job.delayMs > 0 && { delay: job.delayMs }),
      ...(job.priority > 0 && { priority: job.priority }),
      ...(job.attempts !== undefined && { attempts: job.attempts }),
      ...(Object.keys(said).length > 0 && { taskq: said }),
    });
    return nonce ? await whoseIsIt(broker, job, nonce) : { created: true };
  } catch (error) {
    throw brokerError(error, broker.address);
  }
}

/** BullMQ answers the same for a job it added and for a namesake it left alone: the stored nonce tells. */
async function whoseIsIt(broker: Broker, { queue: name, id }: NewJob, nonce: string): Promise<Added> {
  const queue = await queueOf(broker, name);
  const key = toBrokerId(id);
  const fields = ["opts", "finishedOn", "timestamp", "delay"] as const;
  const [opts, finishedOn, timestamp, delay] = await broker[redisOf].hmget(queue.toKey(key), ...fields);
  if (opts === null || opts?.includes(nonce)) return { created: true };
  return {
    created: false,
    reason: finishedOn ? "finished" : "exists",
    state: await queue.getJobState(key),
    runAtMs: Number(timestamp) + Number(delay),
  };
}

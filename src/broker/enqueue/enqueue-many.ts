import { randomUUID } from "node:crypto";
import { TaskqError } from "../../errors.ts";
import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { fromBrokerId, toBrokerId } from "../job-id.ts";
import { queueOf } from "../queues.ts";
import { rememberQueue } from "../store/queue-names.ts";
import { type Added, enqueue } from "./enqueue.ts";
import { readNamesakes } from "./namesakes.ts";
import type { NewJob } from "./new-job.ts";
import { toBrokerOptions } from "./options.ts";

/** How often a batch is sent whose answer was lost. Its ids are the same each time, so that nothing doubles. */
const mostSends = 3;

/** Puts jobs on one queue in one round trip. The answers are in the order of the jobs. */
export async function enqueueMany(broker: Broker, jobs: readonly NewJob[]): Promise<Added[]> {
  const [first] = jobs;
  if (!first) return [];
  const nonce = jobs.some(({ given }) => given) ? randomUUID() : undefined;

  for (let sends = 1; ; sends++) {
    try {
      return await told(broker, () => send(broker, first.queue, jobs, nonce));
    } catch (error) {
      const isLost = error instanceof TaskqError && error.code === "BROKER_UNREACHABLE";
      if (!isLost || sends === mostSends || !(await comesBack(broker))) throw error;
    }
  }
}

async function send(broker: Broker, name: string, jobs: readonly NewJob[], nonce: string | undefined) {
  const queue = await queueOf(broker, name, true);
  await rememberQueue(broker, name);
  const nonces = jobs.map(({ given }, index) => (given ? `${nonce}-${index}` : undefined));
  const entries = jobs.map((job, index) => ({
    name: job.job,
    data: job.args,
    opts: toBrokerOptions(job, nonces[index]),
  }));
  const added = await queue.addBulk(entries);
  const given = jobs.flatMap(({ id, given }, index) => (given ? { id, nonce: nonces[index]! } : []));
  const namesakes = (await readNamesakes(broker, name, given)).values();

  return Promise.all(
    jobs.map((job, index): Added | Promise<Added> => {
      const key = added[index]!.id!;
      const reason = job.given ? namesakes.next().value : undefined;
      if (key === toBrokerId(job.id)) {
        return reason ? { created: false, reason, id: job.id } : { created: true, replaced: null };
      }
      return job.replace ? enqueue(broker, job) : { created: false, reason: "duplicate", id: fromBrokerId(key) };
    }),
  );
}

const patienceMs = 3_000;

/** Whether the connection is there again after it was lost. One that stands and does not answer is not. */
async function comesBack({ [redisOf]: redis }: Broker): Promise<boolean> {
  if (redis.status === "ready") return false;
  if (redis.status === "end") {
    return redis.connect().then(
      () => true,
      () => false,
    );
  }
  return new Promise((resolve) => {
    const settle = (isBack: boolean) => {
      clearTimeout(timer);
      redis.off("ready", back);
      resolve(isBack);
    };
    const back = () => settle(true);
    const timer = setTimeout(settle, patienceMs, false);
    redis.once("ready", back);
  });
}

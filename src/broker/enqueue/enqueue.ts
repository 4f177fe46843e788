import { randomUUID } from "node:crypto";
import type { Broker } from "../broker.ts";
import { told } from "../broker-error.ts";
import { fromBrokerId, toBrokerId } from "../job-id.ts";
import { queueOf } from "../queues.ts";
import { rememberQueue } from "../store/queue-names.ts";
import { readNamesakes } from "./namesakes.ts";
import type { NewJob } from "./new-job.ts";
import { toBrokerOptions } from "./options.ts";
import { replaceHolder } from "./replace-holder.ts";

/**
 * Whether the job is new, and whom it replaced. Where it is not: the id of the job that is in its place, which has its id
 * (`exists`, `finished`) or its unique key (`duplicate`; `active`: it cannot be replaced any more).
 */
export type Added =
  | { readonly created: true; readonly replaced: string | null }
  | { readonly created: false; readonly reason: "exists" | "finished" | "duplicate" | "active"; readonly id: string };

// Each turn is lost to another caller who replaces the same key: one of them always wins.
const mostTurns = 100;

/** Puts one job on its queue. */
export async function enqueue(broker: Broker, job: NewJob): Promise<Added> {
  const nonce = job.given ? randomUUID() : undefined;
  const key = toBrokerId(job.id);
  let replaced: string | null = null;

  return told(broker, async () => {
    const queue = await queueOf(broker, job.queue, true);
    await rememberQueue(broker, job.queue);
    for (let turn = 1; ; turn++) {
      const { id } = await queue.add(job.job, job.args, toBrokerOptions(job, nonce));
      if (id === key) {
        const [namesake] = await readNamesakes(broker, job.queue, nonce ? [{ id: job.id, nonce }] : []);
        return namesake ? { created: false, reason: namesake, id: job.id } : { created: true, replaced };
      }
      const holder = fromBrokerId(id!);
      if (!job.replace) return { created: false, reason: "duplicate", id: holder };
      const outcome = turn > mostTurns ? "kept" : await replaceHolder(broker, queue, id!, job.unique!);
      if (outcome === "kept") return { created: false, reason: "active", id: holder };
      if (outcome === "removed") replaced = holder;
    }
  });
}

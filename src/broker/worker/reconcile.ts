import { setImmediate as turn } from "node:timers/promises";
import { Job } from "bullmq";
import { type Broker, redisOf } from "../broker.ts";
import { queueOf } from "../queues.ts";
import { type OwnedJob, readOwnedJobs } from "../store/owners.ts";
import { putBacksField } from "./delivery-moves.ts";
import { noteUnderLock } from "./note-under-lock.ts";
import type { SteadyWorker } from "./steady-worker.ts";
import { giveBack } from "./take-back.ts";

export interface ReconcileOptions {
  readonly broker: Broker;
  readonly queue: string;
  readonly worker: SteadyWorker;
  /** A job that this process runs has been taken over by another. */
  readonly onLost: (id: string) => void;
}

/** Of a job that was handed over but never came: a reply that is on its way needs less. */
const ghostMs = 5_000;
/** A job that is handed over in vain so often has a record that nobody can read. */
const mostGhosts = 1;
export const ghostsField = "taskq:ghosts";

/**
 * Compares what the broker says that this worker runs with what it does run. After a broken connection the two may differ:
 * a reply was lost, or others took the jobs meanwhile.
 */
export function createReconcile({ broker, queue, worker, onLost }: ReconcileOptions): () => Promise<void> {
  const suspects = new Map<string, { readonly token: string; readonly sinceMs: number }>();

  async function exorcise(ghost: OwnedJob): Promise<void> {
    const ghosts = await noteUnderLock(broker, ghost, "HINCRBY", ghostsField, 1);
    if (ghosts === null) return;
    if (ghosts > mostGhosts) {
      const job = new Job(await queueOf(broker, queue), "", {}, {}, ghost.id);
      return void (await job.moveToFailed(new Error("the record of this job cannot be read"), ghost.token));
    }
    await noteUnderLock(broker, ghost, "HINCRBY", putBacksField, 1);
    await giveBack(broker, ghost);
  }

  return async () => {
    const before = new Set(worker.held);
    const owned = await readOwnedJobs(broker[redisOf], broker.prefix, queue, worker.id);
    await turn(); // replies that came before this one have been dealt with
    const ids = new Set(owned.map(({ id }) => id));
    for (const id of before) if (worker.held.has(id) && !ids.has(id)) onLost(id);

    const nowMs = Date.now();
    const ghosts = owned.filter(({ id }) => !worker.held.has(id));
    for (const id of suspects.keys()) if (!ghosts.some((ghost) => ghost.id === id)) suspects.delete(id);
    for (const ghost of ghosts) {
      const suspect = suspects.get(ghost.id);
      if (suspect?.token !== ghost.token) suspects.set(ghost.id, { token: ghost.token, sinceMs: nowMs });
      else if (nowMs - suspect.sinceMs >= ghostMs) await exorcise(ghost);
    }
  };
}

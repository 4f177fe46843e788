import type { TaskqJobs } from "../definition/typed-jobs.ts";
import type { CancelOptions } from "./cancel.ts";
import type { Client } from "./client.ts";

/** Enqueues as its client does; what it enqueued is cancelled when the block throws. */
export type Batch<Jobs = TaskqJobs> = Pick<Client<Jobs>, "enqueue">;

/** Runs a block of which either all jobs run or, as far as they have not ended yet, none. */
export async function runBatch<Jobs, Result>(
  enqueue: Client<Jobs>["enqueue"],
  cancel: (id: string, options: CancelOptions) => Promise<unknown>,
  block: (batch: Batch<Jobs>) => Promise<Result>,
): Promise<Result> {
  const created: { readonly id: string; readonly queue: string }[] = [];
  const pending = new Set<Promise<unknown>>();

  function enqueueInside(...call: Parameters<Client<Jobs>["enqueue"]>) {
    const receipt = enqueue(...call).then((receipt) => {
      if (receipt.created) created.push(receipt);
      return receipt;
    });
    pending.add(receipt);
    return receipt;
  }

  try {
    return await block({ enqueue: enqueueInside as Client<Jobs>["enqueue"] });
  } catch (error) {
    await Promise.allSettled(pending); // the block may have failed before all that it began was there
    const reason = "its batch failed";
    await Promise.allSettled(created.map(({ id, queue }) => cancel(id, { queue, reason })));
    throw error;
  }
}

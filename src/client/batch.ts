import type { EnqueueFunction } from "../definition/enqueue.ts";
import { messageOf } from "../definition/message-of.ts";
import type { TaskqJobs } from "../definition/typed-jobs.ts";
import { TaskqError } from "../errors.ts";
import type { CancelOptions } from "./cancel.ts";
import type { Client } from "./client.ts";
import type { TellingEnqueue } from "./create-enqueue.ts";

/** Enqueues as its client does; what it enqueued is cancelled when the block throws. */
export type Batch<Jobs = TaskqJobs> = Pick<Client<Jobs>, "enqueue">;

/** Runs a block of which either all jobs run or, as far as they have not ended yet, none. */
export async function runBatch<Jobs, Result>(
  enqueue: TellingEnqueue,
  cancel: (id: string, options: CancelOptions) => Promise<unknown>,
  block: (batch: Batch<Jobs>) => Promise<Result>,
): Promise<Result> {
  const created: Made[] = [];
  const pending = new Set<Promise<unknown>>();

  const enqueueInside: EnqueueFunction = (job, args, options) => {
    let id: string | undefined;
    const onMade = (made: string) => {
      id = made;
    };
    const receipt = enqueue(job, args, options, onMade).then(
      (receipt) => {
        if (receipt.created) created.push(receipt);
        return receipt;
      },
      (error: unknown) => {
        // Its answer may have been lost. One of an id of the caller's own may be somebody else's.
        if (id !== undefined && options?.id === undefined) created.push({ id, queue: options?.queue });
        throw error;
      },
    );
    pending.add(receipt);
    return receipt;
  };

  try {
    return await block({ enqueue: enqueueInside });
  } catch (error) {
    await Promise.allSettled(pending); // the block may have failed before all that it began was there
    throw withLeft(error, await cancelAll(cancel, created));
  }
}

interface Made {
  readonly id: string;
  readonly queue: string | undefined;
}

/** What could not be cancelled. */
async function cancelAll(
  cancel: (id: string, options: CancelOptions) => Promise<unknown>,
  created: readonly Made[],
): Promise<TaskqError | undefined> {
  const left: { readonly id: string; readonly error: unknown }[] = [];
  const attempts = created.map(async ({ id, queue }) => {
    const isGone = (error: unknown) => error instanceof TaskqError && error.code === "JOB_NOT_FOUND";
    await cancel(id, { queue, reason: "its batch failed" }).catch((error: unknown) => {
      if (!isGone(error)) left.push({ id, error });
    });
  });
  await Promise.all(attempts);
  const [first] = left;
  if (!first) return undefined;
  const code = first.error instanceof TaskqError ? first.error.code : "BROKER_UNREACHABLE";
  const ids = left.map(({ id }) => id).join(", ");
  const message = `the jobs ${ids} of the batch could not be cancelled: ${messageOf(first.error)}`;
  return new TaskqError(code, message, { cause: first.error });
}

/** The block's own error goes on, and bears what was left behind. */
function withLeft(error: unknown, left: TaskqError | undefined): unknown {
  if (!left) return error;
  if (!(error instanceof Error) || error.cause !== undefined || !Object.isExtensible(error)) {
    return new AggregateError([error, left], `${messageOf(error)}; ${left.message}`);
  }
  error.cause = left;
  return error;
}

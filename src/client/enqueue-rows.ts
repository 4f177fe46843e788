import type { Added, NewJob } from "../broker/enqueue.ts";
import { TaskqError } from "../errors.ts";
import { createBatches, type Write } from "./enqueue-batches.ts";

/** How many jobs were written, and how many not. */
export interface Tally {
  readonly enqueued: number;
  /** Left alone, for a job of the same id or unique key is there. */
  readonly duplicates: number;
  /** Their args were refused. */
  readonly rejected: number;
}

/** One row of many. */
export interface Row {
  /** Throws a TaskqError where the row is refused. */
  readonly prepare: () => NewJob | Promise<NewJob>;
}

export interface RowsOptions<SomeRow extends Row> {
  readonly rows: Iterable<SomeRow> | AsyncIterable<SomeRow>;
  readonly write: Write;
  readonly onReject: (row: SomeRow, error: TaskqError) => void;
  readonly onWritten?: (jobs: readonly NewJob[], added: readonly Added[], tally: Tally) => void | Promise<void>;
}

/** Checks rows as they come and writes the good ones, holding two batches of them at most. */
export async function enqueueRows<SomeRow extends Row>(options: RowsOptions<SomeRow>): Promise<Tally> {
  const { rows, write, onReject, onWritten } = options;
  const tally = { enqueued: 0, duplicates: 0, rejected: 0 };
  const batches = createBatches(write, (jobs, added) => {
    for (const { created } of added) tally[created ? "enqueued" : "duplicates"]++;
    return onWritten?.(jobs, added, tally);
  });

  for await (const row of rows) {
    const job = await prepared(row);
    if (job instanceof TaskqError) {
      tally.rejected++;
      onReject(row, job);
      continue;
    }
    const full = batches.push(job);
    if (full) await full;
  }
  await batches.end();
  return tally;
}

/** What is wrong with a row is an answer here; what is wrong with us is thrown. */
async function prepared({ prepare }: Row): Promise<NewJob | TaskqError> {
  try {
    return await prepare();
  } catch (error) {
    if (error instanceof TaskqError) return error;
    throw error;
  }
}

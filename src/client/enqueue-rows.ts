import type { Added } from "../broker/enqueue/enqueue.ts";
import type { NewJob } from "../broker/enqueue/new-job.ts";
import { TaskqError } from "../errors.ts";
import { createBatches, type Write } from "./enqueue-batches.ts";
import type { Checked } from "./enqueue-prepare.ts";

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
  /** What is written. Throws a TaskqError where the row is refused, or rejects with it. */
  readonly settle: () => Checked | Promise<Checked>;
  readonly make: (checked: Checked) => NewJob;
}

export interface RowsOptions<SomeRow extends Row> {
  readonly rows: Iterable<SomeRow> | AsyncIterable<SomeRow>;
  readonly write: Write;
  readonly onReject: (row: SomeRow, error: TaskqError) => void;
  readonly onWritten?: (jobs: readonly NewJob[], added: readonly Added[], tally: Tally) => void | Promise<void>;
}

/** Checks rows as they come and writes the good ones, holding three batches of them at most. */
export async function enqueueRows<SomeRow extends Row>(options: RowsOptions<SomeRow>): Promise<Tally> {
  const { rows, write, onReject, onWritten } = options;
  const tally = { enqueued: 0, duplicates: 0, rejected: 0 };
  const batches = createBatches(write, (jobs, added) => {
    for (const { created } of added) tally[created ? "enqueued" : "duplicates"]++;
    return onWritten?.(jobs, added, tally);
  });

  for await (const row of rows) {
    let checked: Checked;
    try {
      const settling = row.settle();
      checked = settling instanceof Promise ? await settling : settling;
    } catch (error) {
      if (!(error instanceof TaskqError)) throw error;
      tally.rejected++;
      onReject(row, error);
      continue;
    }
    const full = batches.push(row.make(checked));
    if (full) await full;
  }
  await batches.end();
  return tally;
}

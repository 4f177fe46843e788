import type { Broker } from "../broker/broker.ts";
import type { NewJob } from "../broker/enqueue.ts";
import { enqueueMany as write } from "../broker/enqueue-many.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import type { Receipt } from "./enqueue.ts";
import type { EnqueueOptions } from "./enqueue-options.ts";
import { createPrepare } from "./enqueue-prepare.ts";
import { toReceipt } from "./enqueue-receipt.ts";
import { enqueueRows, type Row, type Tally } from "./enqueue-rows.ts";

/** What a call may say of all its jobs. */
export interface EnqueueManyOptions<Args = object> extends Omit<EnqueueOptions, "id"> {
  /** Ids of one's own. They make it safe to send the same rows again. */
  readonly id?: ((args: Args, index: number) => string) | undefined;
  /** Takes the rows that are refused; all others are written. Default: one bad row, and nothing is written. */
  readonly onReject?: ((rejected: RejectedRow<Args>) => void) | undefined;
  /** `false`: only count, for more rows than should be held in memory. Default true. */
  readonly receipts?: boolean | undefined;
}

export interface RejectedRow<Args = object> {
  readonly index: number;
  readonly args: Args;
  readonly error: TaskqError;
}

export interface EnqueuedMany extends Tally {
  /** Of each row that was not rejected, in order. Empty with `receipts: false`. */
  readonly receipts: readonly Receipt[];
}

interface ReadRow<Args> extends Row {
  readonly index: number;
  readonly args: Args;
}

/** Checks rows and writes them by the thousand. */
export async function enqueueMany<Args>(
  broker: () => Promise<Broker>,
  config: ResolvedConfig,
  job: CatalogJob,
  rows: Iterable<Args> | AsyncIterable<Args>,
  { id, onReject, receipts: wanted = true, ...options }: EnqueueManyOptions<Args> = {},
): Promise<EnqueuedMany> {
  const prepare = createPrepare(config, job, options);
  const read = readRows(rows, (args, index) => prepare(args, id?.(args, index)));
  const good = onReject ? read : await checkAll(read);
  const opened = await broker();
  const receipts: Receipt[] = [];

  const tally = await enqueueRows<ReadRow<Args>>({
    rows: good,
    write: (jobs) => write(opened, jobs),
    onReject: ({ index, args }, error) => onReject?.({ index, args, error }),
    async onWritten(jobs, added) {
      if (!wanted) return;
      receipts.push(...(await Promise.all(jobs.map((each, index) => toReceipt(opened, each, added[index]!)))));
    },
  });
  return { ...tally, receipts };
}

async function* readRows<Args>(
  rows: Iterable<Args> | AsyncIterable<Args>,
  prepare: (args: Args, index: number) => Promise<NewJob>,
): AsyncGenerator<ReadRow<Args>> {
  let next = 0;
  for await (const args of rows) {
    const index = next++;
    yield { index, args, prepare: () => prepare(args, index) };
  }
}

/** How many bad rows are told of before the rest is only counted. */
const told = 5;

/** All rows, made ready; throws where one of them is bad, and tells of the first few. */
async function checkAll<Args>(rows: AsyncIterable<ReadRow<Args>>): Promise<ReadRow<Args>[]> {
  const good: ReadRow<Args>[] = [];
  const problems: string[] = [];
  let bad = 0;
  for await (const row of rows) {
    try {
      const job = await row.prepare();
      good.push({ ...row, prepare: () => job });
    } catch (error) {
      if (!(error instanceof TaskqError)) throw error;
      if (++bad <= told) problems.push(`rows[${row.index}]: ${error.message.replaceAll("\n", "\n  ")}`);
    }
  }
  if (bad === 0) return good;

  const more = bad > told ? [`and ${bad - told} more`] : [];
  const count = bad === 1 ? "1 row is refused" : `${bad} rows are refused`;
  throw new TaskqError(
    "ARGS_INVALID",
    [`${count} of ${good.length + bad}, and nothing was enqueued:`, ...problems, ...more].join("\n  "),
    { hint: "Correct them, or give `onReject` to enqueue all others." },
  );
}

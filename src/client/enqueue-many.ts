import type { Broker } from "../broker/broker.ts";
import { enqueueMany as write } from "../broker/enqueue/enqueue-many.ts";
import type { EnqueueOptions, Receipt } from "../definition/enqueue.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import { checkRows } from "./check-rows.ts";
import { tellEnqueued } from "./enqueue-hooks.ts";
import { type Checked, createPrepare } from "./enqueue-prepare.ts";
import { toReceipts } from "./enqueue-receipt.ts";
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

interface ArgsRow<Args> extends Row {
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
  checkRows(rows, "iterable or async iterable");
  const prepare = createPrepare(config, job, options);
  const settle = (args: Args, index: number) => prepare.settle(args, id?.(args, index));
  const checked = onReject ? undefined : await settleAll(rows, settle);
  const opened = await broker();
  const receipts: Receipt[] = [];

  const toRow = (args: Args, index: number, checked?: Checked): ArgsRow<Args> => ({
    index,
    args,
    settle: () => checked ?? settle(args, index),
    make: prepare.make,
  });
  const tally = await enqueueRows<ArgsRow<Args>>({
    rows: checked ? map(checked, (each, index) => toRow(each.args as Args, index, each)) : map(rows, toRow),
    write: (jobs) => write(opened, jobs),
    onReject: ({ index, args }, error) => onReject?.({ index, args, error }),
    async onWritten(jobs, added) {
      if (wanted) for (const receipt of await toReceipts(opened, jobs, added)) receipts.push(receipt);
      await tellEnqueued(opened, config, jobs, added, options);
    },
  });
  return { ...tally, receipts };
}

async function* map<Each, Mapped>(
  rows: Iterable<Each> | AsyncIterable<Each>,
  change: (each: Each, index: number) => Mapped,
): AsyncGenerator<Mapped> {
  let index = 0;
  for await (const each of rows) yield change(each, index++);
}

/** How many bad rows are told of before the rest is only counted. */
const told = 5;

/** All rows, settled. Where one of them is bad it throws, and tells of the first few. */
async function settleAll<Args>(
  rows: Iterable<Args> | AsyncIterable<Args>,
  settle: (args: Args, index: number) => Checked | Promise<Checked>,
): Promise<readonly Checked[]> {
  const all: Args[] = [];
  for await (const args of rows) all.push(args);
  const checked: Checked[] = [];
  const problems: string[] = [];
  let bad = 0;
  for (const [index, args] of all.entries()) {
    try {
      const settling = settle(args, index);
      checked.push(settling instanceof Promise ? await settling : settling);
    } catch (error) {
      if (!(error instanceof TaskqError)) throw error;
      if (++bad <= told) problems.push(`rows[${index}]: ${error.message.replaceAll("\n", "\n  ")}`);
    }
  }
  if (bad === 0) return checked;

  const more = bad > told ? [`and ${bad - told} more`] : [];
  const count = bad === 1 ? "1 row is refused" : `${bad} rows are refused`;
  throw new TaskqError(
    "ARGS_INVALID",
    [`${count} of ${all.length}, and nothing was enqueued:`, ...problems, ...more].join("\n  "),
    { hint: "Correct them, or give `onReject` to enqueue all others." },
  );
}

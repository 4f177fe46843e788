import { type Duration, parseDuration } from "../definition/duration.ts";
import type { Receipt } from "../definition/enqueue.ts";
import { TaskqError } from "../errors.ts";
import type { CancelOptions } from "./cancel.ts";
import { checkRows } from "./check-rows.ts";
import { ringAfter } from "./ring-after.ts";
import type { Settled } from "./settle.ts";
import type { WaitOptions } from "./wait.ts";

export interface MapOptions {
  /** Jobs on the queue at once. Default 1,000. */
  readonly concurrency?: number | undefined;
  /** `throw`: the first failure cancels what is left, and is thrown. `collect`: each row has its own outcome. Default `throw`. */
  readonly onError?: "throw" | "collect" | undefined;
  /** Of all rows together; what is left then is cancelled. Default: without end. */
  readonly timeout?: Duration | undefined;
}

/** What became of one row. `id` is null where it was not enqueued. */
export interface MapOutcome<Result = unknown> {
  readonly id: string | null;
  readonly result: Result | null;
  readonly error: TaskqError | null;
}

export interface MapTools {
  readonly settle: (row: unknown, options: WaitOptions, onReceipt: (receipt: Receipt) => void) => Promise<Settled>;
  readonly cancel: (id: string, options: CancelOptions) => Promise<unknown>;
}

const defaultConcurrency = 1_000;

/** One job a row; the outcomes are in the rows' order. */
export async function mapRows(
  { settle, cancel }: MapTools,
  rows: Iterable<unknown>,
  { concurrency = defaultConcurrency, onError = "throw", timeout }: MapOptions,
): Promise<MapOutcome[]> {
  checkRows(rows, "iterable");
  const timeoutMs = check(concurrency, onError, timeout);
  const outcomes: MapOutcome[] = [];
  const running = new Map<number, Receipt>();
  const stopped = new AbortController();
  const remaining = rows[Symbol.iterator]();
  let index = 0;

  const timedOut = late(timeoutMs);
  const timer = ringAfter(timeoutMs ?? Number.POSITIVE_INFINITY, () => stopped.abort(timedOut));
  await Promise.all(Array.from({ length: concurrency }, work));
  clearTimeout(timer);

  if (!stopped.signal.aborted) return outcomes;
  const { reason } = stopped.signal;
  const why = reason === timedOut ? "its map ran out of time" : "another job of its map failed";
  await Promise.allSettled([...running.values()].map(({ id, queue }) => cancel(id, { queue, reason: why })));
  if (onError === "throw" || reason !== timedOut) throw reason;
  for (const _row of { [Symbol.iterator]: () => remaining }) outcomes[index++] = toOutcome(null, null, timedOut);
  return outcomes;

  async function work(): Promise<void> {
    try {
      while (!stopped.signal.aborted) {
        const { value, done } = remaining.next();
        if (done) return;
        await runRow(index++, value);
      }
    } catch (error) {
      stopped.abort(error); // of the rows themselves, or a bug
    }
  }

  async function runRow(at: number, row: unknown): Promise<void> {
    let id: string | null = null;
    try {
      const { signal } = stopped;
      const settled = await settle(row, { signal }, (receipt) => {
        id = receipt.id;
        if (receipt.created) running.set(at, receipt);
      });
      running.delete(at);
      outcomes[at] = toOutcome(id, settled.result, settled.error);
    } catch (error) {
      if (!(error instanceof TaskqError)) throw error;
      outcomes[at] = toOutcome(id, null, error);
    }
    const { error } = outcomes[at]!;
    if (error && onError === "throw" && !stopped.signal.aborted) stopped.abort(error);
  }
}

const toOutcome = (id: string | null, result: unknown, error: TaskqError | null): MapOutcome => ({ id, result, error });

function late(ms: number | undefined): TaskqError {
  return new TaskqError(
    "WAIT_TIMEOUT",
    `the jobs of the map have not ended within ${ms} ms; what was left is cancelled`,
  );
}

function check(concurrency: number, onError: string, timeout: Duration | undefined): number | undefined {
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new TaskqError("USAGE", `concurrency must be a whole number from 1, not ${concurrency}`);
  }
  if (onError !== "throw" && onError !== "collect") {
    throw new TaskqError("USAGE", `onError must be throw or collect, not "${onError}"`);
  }
  if (timeout === undefined) return undefined;
  const ms = parseDuration(timeout);
  if (ms !== undefined) return ms;
  throw new TaskqError("USAGE", `the time to wait ${JSON.stringify(timeout)} is no length of time`, {
    hint: "Write it as 30s, 5m, 1h30m or 7d.",
  });
}

import type { Broker } from "../broker/broker.ts";
import { toBrokerId } from "../broker/job-id.ts";
import type { Listener, Watch } from "../broker/listen/listener.ts";
import type { JobEnd } from "../broker/listen/read-end.ts";
import { type Duration, parseDuration } from "../definition/duration.ts";
import type { Receipt } from "../definition/enqueue.ts";
import { TaskqError } from "../errors.ts";
import { ringAfter } from "./ring-after.ts";

/** As much of a job as a wait has to know; `created` where it was enqueued for it. */
export interface Named {
  readonly id: string;
  readonly job: string;
  readonly created?: boolean;
}

/** What became of a job that was waited for. */
export interface Settled<Made = Receipt> {
  readonly receipt: Made;
  readonly result: unknown;
  /** JOB_FAILED or JOB_CANCELLED where it did not complete. */
  readonly error: TaskqError | null;
}

export interface SettleOptions<Made> {
  readonly broker: () => Promise<Broker>;
  readonly listener: () => Promise<Listener>;
  /** Where the job is, or will be. */
  readonly queue: string;
  /** Its id in the broker, where it is there already and may be a raw producer's. Default: that of a job of ours. */
  readonly key?: string | undefined;
  /** How long to wait for the job's end. The job goes on after it. Default: without end. */
  readonly timeout?: Duration | undefined;
  /** Ends the waiting. The job goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Told when the job is there. */
  readonly onReceipt?: ((receipt: Made) => void) | undefined;
}

/** Has a job enqueued, or found, and waits until it has ended: what ends is told by the broker, not asked for again and again. */
export async function settle<Made extends Named>(
  { broker, listener, queue, key, timeout, signal, onReceipt }: SettleOptions<Made>,
  enqueue: (listening: () => Promise<Broker>) => Promise<Made>,
): Promise<Settled<Made>> {
  const timeoutMs = checkTimeout(timeout);
  const deadlineMs = timeoutMs === undefined ? undefined : Date.now() + timeoutMs;
  let watch: Watch | undefined;
  let closed: AbortSignal | undefined;
  // It listens before it writes, so that no end is missed; and it checks the args before it connects.
  const listening = async () => {
    const opened = await broker();
    const heard = await listener();
    watch = await heard.watch(queue);
    closed = heard.closed;
    return opened;
  };

  try {
    const receipt = await enqueue(listening);
    onReceipt?.(receipt);
    const end = watch!.end(key ?? toBrokerId(receipt.id), receipt.created !== true);
    return toSettled(receipt, await inTime(end, receipt, { timeoutMs, deadlineMs, signal, closed }));
  } finally {
    watch?.close();
  }
}

function toSettled<Made extends Named>(receipt: Made, end: JobEnd): Settled<Made> {
  if (end.state === "completed") return { receipt, result: end.result, error: null };
  const { id, job } = receipt;
  if (end.state === "gone") {
    const error = new TaskqError("JOB_NOT_FOUND", `${job} id=${id} was removed before it was known how it ended`);
    return { receipt, result: null, error };
  }
  const { reason, stack, cancelled } = end;
  const error = cancelled
    ? new TaskqError("JOB_CANCELLED", `${job} id=${id} was ${reason}`)
    : new TaskqError("JOB_FAILED", `${job} failed: ${reason}`, { cause: stack });
  return { receipt, result: null, error };
}

interface Limits {
  readonly timeoutMs: number | undefined;
  readonly deadlineMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** Aborts when nothing is heard any more. */
  readonly closed: AbortSignal | undefined;
}

/** Rejects with WAIT_TIMEOUT when the time is over or nothing is heard any more, with the signal's reason when it aborts. */
function inTime(
  end: Promise<JobEnd>,
  { id, job }: Named,
  { timeoutMs, deadlineMs, signal, closed }: Limits,
): Promise<JobEnd> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      closed?.removeEventListener("abort", onClose);
    };
    const fail = (error: unknown) => {
      stop();
      reject(error);
    };
    const giveUp = (why: string) =>
      fail(
        new TaskqError("WAIT_TIMEOUT", `${job} id=${id} has not ended ${why}; it goes on`, {
          hint: `Look at it with \`taskq job show ${id}\`.`,
        }),
      );
    const late = () => giveUp(`within ${timeoutMs} ms`);
    const onClose = () => giveUp("before the client was closed");
    const onAbort = () => fail(signal!.reason);
    const leftMs = (deadlineMs ?? Number.POSITIVE_INFINITY) - Date.now();
    const timer = ringAfter(leftMs, late);

    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted) onAbort();
    closed?.addEventListener("abort", onClose);
    if (closed?.aborted) onClose();
    end.then((ended) => {
      stop();
      resolve(ended);
    }, fail);
  });
}

function checkTimeout(timeout: Duration | undefined): number | undefined {
  if (timeout === undefined) return undefined;
  const ms = parseDuration(timeout);
  if (ms !== undefined) return ms;
  throw new TaskqError("USAGE", `the time to wait ${JSON.stringify(timeout)} is no length of time`, {
    hint: "Write it as 30s, 5m, 1h30m or 7d.",
  });
}

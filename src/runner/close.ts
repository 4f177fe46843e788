import { setTimeout as wait } from "node:timers/promises";
import type { QueueWorker } from "../broker/worker/worker.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Attempt } from "./attempt/attempt.ts";
import type { Attempts } from "./attempt/attempts.ts";
import { createInterruption } from "./end/interruption.ts";

export interface CloseOptions {
  readonly config: ResolvedConfig;
  readonly workers: readonly QueueWorker[];
  readonly attempts: Attempts;
  /** Aborts when there is no more patience: handlers are aborted at once. */
  readonly hurry: AbortSignal;
}

export interface CloseResult {
  /** Handlers that did not settle in time. */
  readonly outlasted: number;
  /** Jobs that could not be put back: the broker was gone. They run again once their locks have lapsed. */
  readonly unfinished: number;
}

/** How long the broker has to take the jobs back that outlasted everything. */
const putBackMs = 1_000;
/** Of that, what the end of a thread may take. */
const terminateMs = 500;

/** Take no more · wait · abort · put back. */
export async function closeRunner({ config, workers, attempts, hurry }: CloseOptions): Promise<CloseResult> {
  const graceMs = Math.min(config.abortGraceMs, config.shutdownTimeoutMs / 5);
  // While the broker is gone a worker's close never resolves: hence the deadlines around it.
  const closed = Promise.all(workers.map((worker) => worker.close())).then(
    () => true,
    () => false,
  );
  const within = (ms: number, signal?: AbortSignal) =>
    Promise.race([closed, wait(ms, false, { ref: false, ...(signal && { signal }) }).catch(() => false)]);

  if (await within(config.shutdownTimeoutMs - graceMs, hurry)) return ended(attempts, 0, 0);
  attempts.abortAll();
  if (await within(graceMs)) return ended(attempts, 0, 0);

  const outlasting = attempts.all().filter(({ abandoned }) => !abandoned);
  const error = createInterruption("the worker closed before the job ended");
  for (const attempt of outlasting) endAttempt(attempt, error); // the processor puts it back
  const stored = await within(putBackMs);
  return ended(attempts, outlasting.length, stored ? 0 : Math.max(outlasting.length, 1));
}

/** A thread is gone before its job runs elsewhere, unless it takes its time. */
function endAttempt({ terminate, giveUp }: Attempt, error: Error): void {
  terminate?.();
  if (terminate) setTimeout(giveUp, terminateMs, error).unref();
  else giveUp(error);
}

function ended(attempts: Attempts, outlasted: number, unfinished: number): CloseResult {
  attempts.stop();
  return { outlasted, unfinished };
}

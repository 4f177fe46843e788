import { Worker } from "node:worker_threads";
import { TaskqError } from "../../errors.ts";
import type { OnEvent } from "../events.ts";
import { type Call, type CallOptions, createCall } from "./call.ts";
import { heapLimits } from "./heap-limits.ts";
import { hearLate } from "./hear-late.ts";
import type { FromThread, ThreadData, ToThread } from "./messages.ts";
import { unpackError } from "./packed-error.ts";
import { createSettleable } from "./settleable.ts";
import { threadEnded } from "./thread-ended.ts";

/** A worker thread that runs one isolated job after another. */
export interface Thread {
  /** Its startup files have run. Rejects with why it did not come so far. */
  readonly ready: Promise<void>;
  readonly run: (job: Omit<CallOptions, "call" | "post">) => Promise<unknown>;
  /** Whether it may run another job. */
  readonly isFit: () => boolean;
  /** An idle one does not keep the process alive. */
  readonly rest: () => void;
  /** Ends it at once; resolves when it is gone. */
  readonly terminate: () => Promise<void>;
  /** Lets its shutdown files run within the time, and ends it. Resolves with how many of them failed. */
  readonly close: (budgetMs: number) => Promise<number>;
}

export interface ThreadOptions {
  /** The file that it runs. */
  readonly entry: URL;
  readonly data: ThreadData;
  readonly maxMemoryBytes: number | undefined;
  /** Of the startup files; the thread is ended where it takes longer for them and for loading. */
  readonly startupTimeoutMs: number;
  readonly onEvent: OnEvent;
  /** It is gone, or must run no other job; not said of one that was asked to close. */
  readonly onUnfit: () => void;
  readonly onGone: () => void;
}

/** For what is loaded before the startup files run. */
const loadMs = 30_000;
/** For the last words of a thread whose time is over. */
const leastMs = 100;

export function createThread(options: ThreadOptions): Thread {
  const { entry, data, maxMemoryBytes, startupTimeoutMs, onEvent, onUnfit, onGone } = options;
  const worker = new Worker(entry, {
    workerData: data,
    resourceLimits: heapLimits(maxMemoryBytes),
    name: "taskq-isolate",
  });
  const post = (message: ToThread) => worker.postMessage(message);
  const start = createSettleable<void>();
  const goodbye = createSettleable<number>();
  let current: Call | undefined;
  let calls = 0;
  let isReady = false;
  let isFit = true;
  let isLeaving = false;
  let thrown: unknown;
  let closing: Promise<number> | undefined;

  function hear(message: FromThread): void {
    if (message.type === "ready") begin();
    else if (message.type === "unready") fail(unpackError(message.error));
    else if (message.type === "event") onEvent(message.event);
    else if (message.type === "closed") goodbye.resolve(message.failed);
    else if (message.type === "unfit") retire();
    else if (message.call === calls && current) current.hear(message);
    else hearLate(message, post, onEvent);
  }

  function begin(): void {
    isReady = true;
    start.resolve();
  }

  function fail(error: Error): void {
    start.reject(error);
    void terminate();
  }

  function retire(): void {
    if (!isFit) return;
    isFit = false;
    onUnfit();
  }

  const idle = `a thread of ${data.domain} ended between two jobs`;
  const limitMs = startupTimeoutMs + loadMs;
  const tooLate = () => fail(new TaskqError("STARTUP_FAILED", `the thread was not ready within ${limitMs} ms`));
  const late = setTimeout(tooLate, limitMs);
  start.promise.catch(() => {}).finally(() => clearTimeout(late));
  worker
    .on("message", hear)
    .on("error", (error) => {
      thrown = error;
    })
    .on("exit", (code) => {
      const why = threadEnded({ code, thrown, maxMemoryBytes });
      if (isReady && isFit && !current) onEvent({ type: "warning", message: `${idle}: ${why.message}` });
      start.reject(why);
      current?.fail(why);
      goodbye.resolve(isLeaving ? 1 : 0);
      retire();
      onGone();
    });

  async function terminate(): Promise<void> {
    retire();
    await worker.terminate();
  }

  async function close(budgetMs: number): Promise<number> {
    isFit = false;
    if (current) {
      void terminate();
      return 0;
    }
    const deadlineMs = Date.now() + budgetMs;
    worker.ref();
    const over = createSettleable<number>();
    const timer = setTimeout(over.resolve, budgetMs, 1);
    await Promise.race([start.promise.catch(() => {}), over.promise]);
    isLeaving = true;
    post({ type: "close", budgetMs: Math.max(deadlineMs - Date.now(), leastMs) });
    const failed = await Promise.race([goodbye.promise, over.promise]);
    clearTimeout(timer);
    void terminate();
    worker.unref();
    return failed;
  }

  return {
    ready: start.promise,
    isFit: () => isFit,
    rest: () => worker.unref(),
    terminate,
    close: (budgetMs) => (closing ??= close(budgetMs)),
    async run(job) {
      worker.ref();
      current = createCall({ ...job, call: ++calls, post });
      try {
        return await current.ended;
      } finally {
        current = undefined;
      }
    },
  };
}

import { type Job, Worker } from "bullmq";
import { type Broker, redisOf } from "./broker.ts";
import { backoffType, type Delivery, deliver } from "./delivery.ts";
import { fromBrokerId } from "./job-id.ts";

export interface WorkerOptions {
  readonly queue: string;
  /** The process's name, kept with each job that it ran. */
  readonly name: string;
  readonly concurrency: number;
  readonly keepCompleted: { readonly count: number; readonly age: number };
  readonly keepFailed: { readonly count: number; readonly age: number };
  readonly process: (delivery: Delivery) => Promise<unknown>;
  readonly backoffMs: (options: object, attemptsMade: number) => number;
  readonly onCompleted: (job: Ended) => void;
  readonly onFailed: (job: Ended, error: Error) => void;
  readonly onStalled: (id: string) => void;
  readonly onLockLost: (id: string) => void;
}

/** A job whose end is stored. */
export interface Ended {
  readonly id: string;
  readonly job: string;
  readonly attempt: number;
  readonly attempts: number;
  readonly ms: number;
  /** Whether it will not be tried again. */
  readonly final: boolean;
  /** When it will be tried again, if it will. */
  readonly retryInMs: number;
}

/** One queue's worker. It fetches nothing until it is started. */
export interface QueueWorker {
  readonly queue: string;
  readonly concurrency: number;
  readonly start: () => Promise<void>;
  /** Fetches no more, and resolves when the active jobs are done; never, while the broker is gone. */
  readonly close: () => Promise<void>;
}

/** Locks of 15 s, looked at every 5: a dead process's jobs are taken over within 20 s, and a busy loop keeps its own. */
const lockMs = 15_000;
const stalledCheckMs = 5_000;

export function createWorker(options: WorkerOptions, broker: Broker): QueueWorker {
  const { queue, concurrency } = options;
  // Two parameters on purpose: with a third BullMQ makes an AbortController for every job.
  const worker: Worker = new Worker(queue, (job, token) => options.process(deliver(job, worker, token!, broker)), {
    connection: broker[redisOf],
    prefix: broker.prefix,
    name: options.name,
    autorun: false,
    concurrency,
    lockDuration: lockMs,
    stalledInterval: stalledCheckMs,
    maxStalledCount: 1_000_000, // interruptions are bounded by the processor, which tells them from put-backs
    runRetryDelay: 1_000,
    removeOnComplete: options.keepCompleted,
    removeOnFail: options.keepFailed,
    skipVersionCheck: true,
    settings: {
      backoffStrategy: (attemptsMade, type, _error, job) =>
        type === backoffType ? options.backoffMs((job!.opts.backoff as { of?: object }).of!, attemptsMade) : 0,
    },
  });
  listen(worker, options);

  return {
    queue,
    concurrency,
    async start() {
      await worker.waitUntilReady();
      worker.run().catch(() => {}); // its failures are `error` events too
    },
    close: () => worker.close(),
  };
}

function listen(worker: Worker, { onCompleted, onFailed, onStalled, onLockLost }: WorkerOptions): void {
  // BullMQ reconnects by itself. Of a job that ended after another worker had taken it, it says no more than this.
  worker.on("error", ({ message }) => {
    const [, id] = /^(?:Missing lock|Lock mismatch) for job (.+?)\. /.exec(message) ?? [];
    if (id !== undefined) onLockLost(fromBrokerId(id));
  });
  worker.on("completed", (job) => onCompleted(toEnded(job)));
  worker.on("failed", (job, error) => job && onFailed(toEnded(job), error));
  worker.on("stalled", (id) => onStalled(fromBrokerId(id)));
  worker.on("lockRenewalFailed", (ids) => {
    for (const id of ids) onLockLost(fromBrokerId(id));
  });
}

function toEnded(job: Job): Ended {
  return {
    id: fromBrokerId(job.id!),
    job: job.name,
    attempt: job.attemptsMade,
    attempts: job.opts.attempts ?? 1,
    ms: (job.finishedOn ?? Date.now()) - (job.processedOn ?? Date.now()),
    final: job.finishedOn !== undefined,
    retryInMs: job.delay,
  };
}

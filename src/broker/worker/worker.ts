import { setTimeout as wait } from "node:timers/promises";
import type { Worker } from "bullmq";
import { type Broker, redisOf, telemetryOf } from "../broker.ts";
import { fromBrokerId } from "../job-id.ts";
import { refusalOf } from "../refusal.ts";
import { repeatStrategy } from "../repeat-strategy.ts";
import { createDeliver, type Delivery } from "./delivery.ts";
import { type Ended, toEnded } from "./ended.ts";
import { handBack } from "./hand-back.ts";
import { createHold, type RestReason } from "./hold.ts";
import { type BackoffMs, createBackoffStrategy } from "./own-backoff.ts";
import { createReconcile } from "./reconcile.ts";
import { createSteadyWorker, type SteadyWorker } from "./steady-worker.ts";
import { createTrouble } from "./trouble.ts";
import { toWorkerName } from "./worker-name.ts";

export interface WorkerOptions {
  readonly queue: string;
  /** The runner's id: the value of each lock begins with it, so that others know whose job it is. */
  readonly runner: string;
  /** The process's name, kept with each job that it ran. */
  readonly name: string;
  readonly concurrency: number;
  readonly keepCompleted: { readonly count: number; readonly age: number };
  readonly keepFailed: { readonly count: number; readonly age: number };
  readonly process: (delivery: Delivery) => Promise<unknown>;
  readonly backoffMs: BackoffMs;
  readonly onCompleted: (job: Ended) => void;
  readonly onFailed: (job: Ended, error: Error) => void;
  readonly onStalled: (id: string) => void;
  /** Another worker has taken over a job that this one still runs, or whose end it wanted to store. */
  readonly onLockLost: (id: string) => void;
  /** The broker answers, but refuses commands: once for each reason. */
  readonly onRefused: (reason: string) => void;
  readonly onAccepted: () => void;
}

/** One queue's worker. It fetches nothing until it is started. */
export interface QueueWorker {
  readonly queue: string;
  readonly concurrency: number;
  readonly start: () => Promise<void>;
  /** Takes no more until it is released; what it runs goes on. */
  readonly hold: (reason: RestReason) => void;
  readonly release: (reason: RestReason) => void;
  /** Finds jobs that others took over, and gives back those that were handed over in vain. */
  readonly reconcile: () => Promise<void>;
  /** Fetches no more, and resolves when the active jobs are done; never, while the broker is gone. */
  readonly close: () => Promise<void>;
}

/**
 * A lock outlives any outage that a queue should survive: a job that ends meanwhile can still be stored. Whether its holder is
 * alive says the runner's beat, never the lock's age (see take-back.ts); the lock is for the day when nobody is left to look.
 */
const lockMs = 30 * 60_000;
const stalledCheckMs = 5_000;

export function createWorker(options: WorkerOptions, broker: Broker): QueueWorker {
  const { queue, concurrency, onRefused, onAccepted } = options;
  const telemetry = telemetryOf(broker)?.ofWorkers;
  // Two parameters on purpose: with a third BullMQ makes an AbortController for every job.
  const worker: SteadyWorker = createSteadyWorker(
    queue,
    (job, token) => {
      const delivery = deliver(job, token!);
      return isResting() ? handBack(delivery) : options.process(delivery);
    },
    {
      connection: broker[redisOf],
      prefix: broker.prefix,
      name: toWorkerName(options.name),
      autorun: false,
      concurrency,
      ...(telemetry && { telemetry }),
      lockDuration: lockMs,
      stalledInterval: stalledCheckMs,
      maxStalledCount: 1_000_000, // interruptions are bounded by the processor, which tells them from put-backs
      runRetryDelay: 1_000,
      // No limiter: the rate stands in the broker (see store/queue-limits.ts), where an operator can change it. A worker that waits
      // for its end looks again this often.
      maximumRateLimitDelay: 1_000,
      // No skipVersionCheck: BullMQ would take the server for an old one, and wait for delayed jobs in whole seconds.
      removeOnComplete: options.keepCompleted,
      removeOnFail: options.keepFailed,
      settings: { repeatStrategy, backoffStrategy: createBackoffStrategy(options.backoffMs) },
    },
    { broker, onRefused: (reason) => trouble.refused(reason) },
  );
  const deliver = createDeliver(worker, broker);
  (worker as { id: string }).id = options.runner; // BullMQ begins the value of each lock with it
  const { hold, release, isResting } = createHold(worker);
  const trouble = createTrouble({ rest: () => hold("refused"), work: () => release("refused"), onRefused, onAccepted });
  listen(worker, options, trouble.refused);

  return {
    queue,
    concurrency,
    async start() {
      await worker.waitUntilReady();
      worker.run().catch(() => {}); // its failures are `error` events too
    },
    hold,
    release,
    reconcile: createReconcile({ broker, queue, worker, onLost: (id) => options.onLockLost(fromBrokerId(id)) }),
    close() {
      trouble.stop();
      return Promise.race([worker.close(), untilIdle(worker)]);
    },
  };
}

const idleMs = 500;

/**
 * BullMQ's own close waits for the end of its blocking connection, which never comes where that is just about to reconnect.
 * Then it cannot fetch any more either, so that nothing is left to wait for but what it has.
 */
async function untilIdle(worker: SteadyWorker): Promise<void> {
  for (let idleSinceMs = Date.now(); Date.now() - idleSinceMs < idleMs; ) {
    await wait(50, undefined, { ref: false });
    if (worker.held.size > 0 || worker.fetching > 0) idleSinceMs = Date.now();
  }
}

function listen(
  worker: Worker,
  { onCompleted, onFailed, onStalled, onLockLost }: WorkerOptions,
  refused: (reason: string) => void,
): void {
  // BullMQ reconnects by itself. Of a job that ended after another worker had taken it, it says no more than this.
  worker.on("error", (error) => {
    const [, id] = /^(?:Missing lock|Lock mismatch) for job (.+?)\. /.exec(error.message) ?? [];
    if (id !== undefined) onLockLost(fromBrokerId(id));
    const reason = refusalOf(error);
    if (reason !== undefined) refused(reason);
  });
  worker.on("completed", (job, result) => onCompleted(toEnded(job, result)));
  worker.on("failed", (job, error) => job && onFailed(toEnded(job), error));
  worker.on("stalled", (id) => onStalled(fromBrokerId(id)));
  worker.on("lockRenewalFailed", (ids) => {
    for (const id of ids) onLockLost(fromBrokerId(id));
  });
}

import { setTimeout as wait } from "node:timers/promises";
import type { Broker } from "../broker/broker.ts";
import type { Ended } from "../broker/worker/ended.ts";
import { createWorker } from "../broker/worker/worker.ts";
import type { JobContext } from "../definition/context.ts";
import type { EnqueueFunction } from "../definition/enqueue.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog } from "../discovery/catalog.ts";
import type { Attempt } from "./attempt/attempt.ts";
import { createAttempts } from "./attempt/attempts.ts";
import { createPort } from "./attempt/port.ts";
import { createCancels } from "./cancels.ts";
import { type CloseResult, closeRunner } from "./close.ts";
import { backoffMs } from "./end/backoff.ts";
import { reportEnds } from "./end/report-ends.ts";
import type { OnEvent } from "./events.ts";
import type { ThreadPool } from "./isolate/pool.ts";
import { createLockLost } from "./lock-lost.ts";
import { createMail } from "./mail.ts";
import { createProcessor } from "./processor.ts";
import { createScheduleRuns } from "./schedule-runs.ts";

export interface RunnerOptions {
  readonly config: ResolvedConfig;
  readonly catalog: Catalog;
  /** The queues that this process takes from. */
  readonly queues: readonly string[];
  readonly broker: Broker;
  /** Of isolated jobs; the service closes it. */
  readonly threads: ThreadPool;
  /** Unique in the broker. */
  readonly id: string;
  /** What people call this process. */
  readonly name: string;
  /** Of what this process declares. */
  readonly release: string;
  readonly state: JobContext["state"];
  readonly onEvent: OnEvent;
  readonly enqueue: EnqueueFunction;
  /** Hears of each end that is stored. */
  readonly onEnded?: OnEnded | undefined;
  /** The broker answers but refuses what a queue needs, or does not any more. */
  readonly onRefused: (queue: string, reason: string) => void;
  readonly onAccepted: (queue: string) => void;
  /** An operator may have asked something of this process. */
  readonly onOrder: () => void;
  /** A queue has as many abandoned handlers as it may have jobs at once. */
  readonly onWedged: (queue: string) => void;
}

/** A job's last end; with the error where it failed. */
export type OnEnded = (queue: string, ended: Ended, error?: Error) => void;

/** The startup files are not its business: the service runs them before `start` and after `close`. */
export interface Runner {
  readonly start: () => Promise<void>;
  /** Takes no more until `resume`; what it runs goes on. */
  readonly quiet: () => void;
  readonly resume: () => void;
  /** Takes no more for good. */
  readonly finish: () => void;
  /** Sets right what a broken connection, or a time in which this process stood still, left wrong. */
  readonly reconcile: () => Promise<void>;
  /** What runs now, the abandoned too. */
  readonly active: () => readonly Attempt[];
  /** Takes no more, waits, aborts, puts back; always within the config's `shutdownTimeout`. */
  readonly close: (hurry: AbortSignal) => Promise<CloseResult>;
}

/** What has ended is recorded within a moment, or the broker is gone: then others read it from the jobs. */
const recordMs = 1_000;

/** One worker per queue, started together and closed together. */
export function createRunner(options: RunnerOptions): Runner {
  const { config, queues, broker, id, name, state, onEvent } = options;
  const attempts = createAttempts(config.abortGraceMs, ({ delivery: { queue, job, id } }, reason) => {
    onEvent({ type: "abandoned", queue, job, id, reason });
    const abandoned = attempts.all().filter((each) => each.abandoned && each.delivery.queue === queue);
    if (abandoned.length >= config.queue(queue).concurrency) options.onWedged(queue);
  });
  const lockLost = createLockLost(attempts, onEvent);
  const cancels = createCancels({ broker, queues, attempts, onEvent });
  const mail = createMail({ broker, id, cancels, onOrder: options.onOrder, onEvent });
  const scheduleRuns = createScheduleRuns({ config, broker, onEvent });
  const surroundings = {
    attempts,
    state,
    port: createPort(options),
    traced: config.traceRejections,
    around: config.hooks.aroundJob,
  };
  const process = createProcessor({ ...options, cancels, scheduleRuns, surroundings });
  const workers = queues.map((queue) => {
    const { concurrency, keepCompleted, keepFailed } = config.queue(queue);
    return createWorker(
      {
        queue,
        runner: id,
        name,
        concurrency,
        keepCompleted,
        keepFailed,
        process,
        backoffMs: (job, backoff, made, error) => backoffMs(job, backoff, { made, error }, onEvent),
        ...reportEnds(queue, cancels, scheduleRuns, options),
        onLockLost: (id) => lockLost(queue, id),
        onRefused: (reason) => options.onRefused(queue, reason),
        onAccepted: () => options.onAccepted(queue),
      },
      broker,
    );
  });
  let closed: Promise<CloseResult> | undefined;

  return {
    async start() {
      await mail.start();
      await Promise.all(workers.map((worker) => worker.start()));
    },
    quiet: () => workers.forEach((worker) => void worker.hold("quiet")),
    resume: () => workers.forEach((worker) => void worker.release("quiet")),
    finish: () => workers.forEach((worker) => void worker.hold("enough")),
    async reconcile() {
      options.onOrder();
      await Promise.allSettled([cancels.look(), ...workers.map((worker) => worker.reconcile())]);
    },
    active: attempts.all,
    close: (hurry) =>
      (closed ??= closeRunner({ config, workers, attempts, hurry }).finally(() => {
        mail.close();
        return Promise.race([scheduleRuns.recorded(), wait(recordMs, undefined, { ref: false })]);
      })),
  };
}

import { hostname } from "node:os";
import type { Broker } from "../broker/broker.ts";
import { openBroker } from "../broker/broker.ts";
import { createListener } from "../broker/listener.ts";
import { loadConfig } from "../config/load.ts";
import type { AnyJob, JobDefinition, JobFunction } from "../definition/job.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { loadCatalog } from "../discovery/load-catalog.ts";
import { TaskqError } from "../errors.ts";
import { createLoader } from "../loader/loader.ts";
import { type Batch, runBatch } from "./batch.ts";
import { type CancelOptions, type CancelReceipt, cancelJob } from "./cancel.ts";
import { enqueue, type Receipt } from "./enqueue.ts";
import type { EnqueueOptions } from "./enqueue-options.ts";
import { createLook, type Look } from "./look.ts";
import { type MapOptions, type MapOutcome, mapRows } from "./map.ts";
import { enqueueAndSettle, type WaitOptions } from "./wait.ts";

export interface ClientOptions {
  /** The folder of `taskq.config.ts`. Default: the working folder. */
  readonly cwd?: string;
  /** Another config file. */
  readonly config?: string;
  /** Overrides the config's broker. */
  readonly broker?: string;
}

/** Enqueues from an application: the same checks and the same speed as `taskq enqueue`. */
export interface Client extends AsyncDisposable, Look {
  /** Rejects with a TaskqError, within five seconds when the broker is gone; then nothing was written. */
  enqueue<Input>(
    job: JobDefinition<Input, never, unknown> | JobDefinition<Input>,
    args: Input,
    options?: EnqueueOptions,
  ): Promise<Receipt>;
  enqueue(job: AnyJob | JobFunction | string, args: object, options?: EnqueueOptions): Promise<Receipt>;
  /** Resolves when the job has ended; rejects with JOB_FAILED, JOB_CANCELLED or, while the job goes on, WAIT_TIMEOUT. */
  enqueueAndWait<Input, Args, Result>(
    job: JobDefinition<Input, Args, Result>,
    args: Input,
    options?: WaitOptions,
  ): Promise<Receipt & { readonly result: Awaited<Result> }>;
  enqueueAndWait<Result = unknown>(
    job: JobFunction | string,
    args: object,
    options?: WaitOptions,
  ): Promise<Receipt & { readonly result: Result }>;
  /** One job a row. Resolves with the results in the rows' order, with `collect` with each row's outcome. */
  map<Input, Args, Result>(
    job: JobDefinition<Input, Args, Result>,
    rows: Iterable<Input>,
    options: MapOptions & { readonly onError: "collect" },
  ): Promise<MapOutcome<Awaited<Result>>[]>;
  map<Input, Args, Result>(
    job: JobDefinition<Input, Args, Result>,
    rows: Iterable<Input>,
    options?: MapOptions & { readonly onError?: "throw" },
  ): Promise<Awaited<Result>[]>;
  map<Result = unknown>(
    job: JobFunction | string,
    rows: Iterable<object>,
    options: MapOptions & { readonly onError: "collect" },
  ): Promise<MapOutcome<Result>[]>;
  map<Result = unknown>(job: JobFunction | string, rows: Iterable<object>, options?: MapOptions): Promise<Result[]>;
  /** What was enqueued through `batch` is cancelled when the block throws. */
  readonly batch: <Result>(block: (batch: Batch) => Promise<Result>) => Promise<Result>;
  /** Ends a job that waits or runs. Rejects with JOB_NOT_FOUND. */
  readonly cancel: (id: string, options?: CancelOptions) => Promise<CancelReceipt>;
  readonly close: () => Promise<void>;
}

/** Reads the config, discovers the jobs and connects. Throws what each of these finds wrong. */
export async function createClient({
  cwd = process.cwd(),
  config: file,
  broker: url,
}: ClientOptions = {}): Promise<Client> {
  const config = await loadConfig({ cwd, file, flags: { broker: url } });
  const catalog = await loadCatalog(config, createLoader(config.root));
  const { broker: configured, prefix, root } = config;
  const broker: Broker = await openBroker({ url: configured, prefix, root, kind: "reconnecting" });
  const listener = createListener(broker);
  const tools = { config, broker: async () => broker, listener: async () => listener };

  function find(job: unknown): CatalogJob {
    const found = typeof job === "string" ? catalog.job(job) : catalog.jobOf(job);
    if (found) return found;
    throw new TaskqError("JOB_UNNAMED", "the job that was given to enqueue is not among the discovered ones", {
      hint: "Export it from a tasks file of this project, or enqueue it by its name.",
    });
  }

  const cancel = (id: string, options?: CancelOptions) =>
    cancelJob({ broker, listener, config, by: `${config.app}@${hostname()}` }, id, options);

  async function enqueueOne(job: unknown, args: unknown, options?: EnqueueOptions): Promise<Receipt> {
    return enqueue(async () => broker, config, find(job), args, options);
  }

  async function close(): Promise<void> {
    await listener.close();
    await broker.close();
  }

  return {
    ...createLook(broker),
    enqueue: enqueueOne,
    async enqueueAndWait<Result>(job: unknown, args: unknown, options?: WaitOptions) {
      const { receipt, result, error } = await enqueueAndSettle(tools, find(job), args, options);
      if (error) throw error;
      return { ...receipt, result: result as Result };
    },
    // biome-ignore lint/suspicious/noExplicitAny: the overloads say what comes back
    async map(job: unknown, rows: Iterable<unknown>, options: MapOptions = {}): Promise<any[]> {
      const found = find(job);
      const settle: Parameters<typeof mapRows>[0]["settle"] = (row, said, onReceipt) =>
        enqueueAndSettle(tools, found, row, said, onReceipt);
      const outcomes = await mapRows({ settle, cancel }, rows, options);
      return options.onError === "collect" ? outcomes : outcomes.map(({ result }) => result);
    },
    batch: (block) => runBatch(enqueueOne, cancel, block),
    cancel,
    close,
    [Symbol.asyncDispose]: close,
  };
}

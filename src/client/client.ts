import { hostname } from "node:os";
import type { Broker } from "../broker/broker.ts";
import { openBroker } from "../broker/broker.ts";
import { createListener } from "../broker/listen/listener.ts";
import type { Config } from "../definition/config.ts";
import type { Enqueue, Receipt } from "../definition/enqueue.ts";
import type { Manifest } from "../definition/manifest.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { ArgsOf, JobReference, JobWithoutArgs, ResultOf, TaskqJobs } from "../definition/typed-jobs.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { type AwaitedJob, type AwaitOptions, awaitJob } from "./await-job.ts";
import { type Batch, runBatch } from "./batch.ts";
import { type CancelOptions, type CancelReceipt, cancelJob } from "./cancel.ts";
import { createEnqueue } from "./create-enqueue.ts";
import { type EnqueuedMany, type EnqueueManyOptions, enqueueMany } from "./enqueue-many.ts";
import { createFindJob } from "./find-job.ts";
import { findProject } from "./find-project.ts";
import { createLook, type Look } from "./look.ts";
import { type MapOptions, type MapOutcome, mapRows } from "./map.ts";
import { projectOfManifest } from "./project-of-manifest.ts";
import { enqueueAndSettle, type WaitOptions } from "./wait.ts";

export interface ClientOptions {
  /** What `taskq types` wrote: jobs are taken from it, and no file of the project is read. */
  readonly manifest?: Manifest;
  /** The folder of `taskq.config.ts`. Default: the working folder. */
  readonly cwd?: string;
  /** Another config file. Not with `manifest`. */
  readonly config?: string;
  /** Overrides the config's broker. */
  readonly broker?: string;
  /** With `manifest`: what the config's `telemetry` says elsewhere. Default false. */
  readonly telemetry?: Config["telemetry"];
}

/** What a client knows, from files or from a manifest. */
export interface ClientProject {
  readonly config: ResolvedConfig;
  readonly catalog: Catalog;
}

/** Enqueues from an application: the same checks and the same speed as `taskq enqueue`. */
export interface Client<Jobs = TaskqJobs> extends AsyncDisposable, Look {
  /**
   * Rejects with a TaskqError, within five seconds when the broker is gone. A call that was on its way when the broker fell
   * silent may still be carried out: an `id` of your own makes it safe to try again.
   */
  readonly enqueue: Enqueue<Jobs>;
  /** By the thousand in one round trip. Where one row is refused nothing is written, unless `onReject` is given. */
  enqueueMany<const Job extends JobReference<Jobs>>(
    job: Job,
    rows: Iterable<ArgsOf<Job, Jobs>> | AsyncIterable<ArgsOf<Job, Jobs>>,
    options?: EnqueueManyOptions<ArgsOf<Job, Jobs>>,
  ): Promise<EnqueuedMany>;
  /** Resolves when the job has ended; rejects with JOB_FAILED, JOB_CANCELLED or, while the job goes on, WAIT_TIMEOUT. */
  enqueueAndWait<const Job extends JobReference<Jobs>>(
    job: Job,
    args: ArgsOf<Job, Jobs>,
    options?: WaitOptions,
  ): Promise<Receipt & { readonly result: ResultOf<Job, Jobs> }>;
  enqueueAndWait<const Job extends JobReference<Jobs>>(
    job: JobWithoutArgs<Job, Jobs>,
  ): Promise<Receipt & { readonly result: ResultOf<Job, Jobs> }>;
  /** The same for a job that is there already, whoever enqueued it, by its id. Rejects with JOB_NOT_FOUND where none has it. */
  readonly wait: <Result = unknown>(
    id: string,
    options?: AwaitOptions,
  ) => Promise<AwaitedJob & { readonly result: Result }>;
  /** One job a row. Resolves with the results in the rows' order, with `collect` with each row's outcome. */
  map<const Job extends JobReference<Jobs>>(
    job: Job,
    rows: Iterable<ArgsOf<Job, Jobs>>,
    options: MapOptions & { readonly onError: "collect" },
  ): Promise<MapOutcome<ResultOf<Job, Jobs>>[]>;
  map<const Job extends JobReference<Jobs>>(
    job: Job,
    rows: Iterable<ArgsOf<Job, Jobs>>,
    options?: MapOptions & { readonly onError?: "throw" },
  ): Promise<ResultOf<Job, Jobs>[]>;
  /** What was enqueued through `batch` is cancelled when the block throws. */
  readonly batch: <Result>(block: (batch: Batch<Jobs>) => Promise<Result>) => Promise<Result>;
  /** Ends a job that waits or runs. Rejects with JOB_NOT_FOUND. */
  readonly cancel: (id: string, options?: CancelOptions) => Promise<CancelReceipt>;
  readonly close: () => Promise<void>;
}

/** Takes the jobs from the manifest, or reads the config and discovers them; connects. Throws what each of these finds wrong. */
export async function createClient<Jobs = TaskqJobs>(options: ClientOptions = {}): Promise<Client<Jobs>> {
  const { manifest } = options;
  const { config, catalog } =
    manifest === undefined ? await findProject(options) : projectOfManifest(manifest, options);
  const { broker: url, prefix, root, telemetry } = config;
  const broker: Broker = await openBroker({ url, prefix, root, telemetry, kind: "reconnecting" });
  const listener = createListener(broker);
  const connect = async () => broker;
  const findJob = createFindJob(catalog, manifest !== undefined);
  const enqueue = createEnqueue(config, findJob, connect);
  const tools = { config, broker: connect, listener: async () => listener };

  const cancel = (id: string, options?: CancelOptions) =>
    cancelJob({ broker, listener, config, by: `${config.app}@${hostname()}` }, id, options);

  async function close(): Promise<void> {
    await listener.close();
    await broker.close();
  }

  return {
    ...createLook(broker),
    enqueue: enqueue as Client<Jobs>["enqueue"],
    enqueueMany: (job, rows, options) => enqueueMany(connect, config, findJob(job, options?.queue), rows, options),
    // biome-ignore lint/suspicious/noExplicitAny: the interface says what comes back
    async enqueueAndWait(job: unknown, args: unknown = {}, options?: WaitOptions): Promise<any> {
      const { receipt, result, error } = await enqueueAndSettle(tools, findJob(job, options?.queue), args, options);
      if (error) throw error;
      return { ...receipt, result };
    },
    // biome-ignore lint/suspicious/noExplicitAny: the caller says what the job returns
    async wait(id: string, options?: AwaitOptions): Promise<any> {
      const { receipt, result, error } = await awaitJob({ broker, listener: tools.listener }, id, options);
      if (error) throw error;
      return { ...receipt, result };
    },
    // biome-ignore lint/suspicious/noExplicitAny: the overloads say what comes back
    async map(job: unknown, rows: Iterable<unknown>, options: MapOptions = {}): Promise<any[]> {
      const found = findJob(job);
      const settle: Parameters<typeof mapRows>[0]["settle"] = (row, said, onReceipt) =>
        enqueueAndSettle(tools, found, row, said, onReceipt);
      const outcomes = await mapRows({ settle, cancel }, rows, options);
      return options.onError === "collect" ? outcomes : outcomes.map(({ result }) => result);
    },
    batch: (block) => runBatch(enqueue, cancel, block),
    cancel,
    close,
    [Symbol.asyncDispose]: close,
  };
}

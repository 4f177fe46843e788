import type { Broker } from "../broker/broker.ts";
import { openBroker } from "../broker/broker.ts";
import { loadConfig } from "../config/load.ts";
import type { AnyJob, JobDefinition, JobFunction } from "../definition/job.ts";
import type { Catalog, CatalogJob } from "../discovery/catalog.ts";
import { loadCatalog } from "../discovery/load-catalog.ts";
import { TaskqError } from "../errors.ts";
import { createLoader } from "../loader/loader.ts";
import { enqueue, type Receipt } from "./enqueue.ts";
import { type EnqueuedMany, type EnqueueManyOptions, enqueueMany } from "./enqueue-many.ts";
import type { EnqueueOptions } from "./enqueue-options.ts";
import { checkQueue } from "./enqueue-queue.ts";

export interface ClientOptions {
  /** The folder of `taskq.config.ts`. Default: the working folder. */
  readonly cwd?: string;
  /** Another config file. */
  readonly config?: string;
  /** Overrides the config's broker. */
  readonly broker?: string;
}

/** Enqueues from an application: the same checks and the same speed as `taskq enqueue`. */
export interface Client extends AsyncDisposable {
  /** Rejects with a TaskqError, within five seconds when the broker is gone; then nothing was written. */
  enqueue<Input>(
    job: JobDefinition<Input, never, unknown> | JobDefinition<Input>,
    args: Input,
    options?: EnqueueOptions,
  ): Promise<Receipt>;
  enqueue(job: AnyJob | JobFunction | string, args: object, options?: EnqueueOptions): Promise<Receipt>;
  /** By the thousand in one round trip. Where one row is refused nothing is written, unless `onReject` is given. */
  enqueueMany<Input>(
    job: JobDefinition<Input, never, unknown> | JobDefinition<Input>,
    rows: Iterable<Input> | AsyncIterable<Input>,
    options?: EnqueueManyOptions<Input>,
  ): Promise<EnqueuedMany>;
  enqueueMany<Args extends object>(
    job: AnyJob | JobFunction | string,
    rows: Iterable<Args> | AsyncIterable<Args>,
    options?: EnqueueManyOptions<Args>,
  ): Promise<EnqueuedMany>;
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

  return {
    async enqueue(job: unknown, args: unknown, options?: EnqueueOptions): Promise<Receipt> {
      const found = findJob(catalog, job);
      checkQueue(catalog, options?.queue);
      return enqueue(async () => broker, config, found, args, options);
    },
    async enqueueMany<Args>(
      job: unknown,
      rows: Iterable<Args> | AsyncIterable<Args>,
      options?: EnqueueManyOptions<Args>,
    ) {
      const found = findJob(catalog, job);
      checkQueue(catalog, options?.queue);
      return enqueueMany(async () => broker, config, found, rows, options);
    },
    close: broker.close,
    [Symbol.asyncDispose]: broker.close,
  };
}

function findJob(catalog: Catalog, job: unknown): CatalogJob {
  const found = typeof job === "string" ? catalog.job(job) : catalog.jobOf(job);
  if (found) return found;
  throw new TaskqError("JOB_UNNAMED", "the job that was given to enqueue is not among the discovered ones", {
    hint: "Export it from a tasks file of this project, or enqueue it by its name.",
  });
}

import type { Broker } from "../broker/broker.ts";
import { openBroker } from "../broker/broker.ts";
import type { EnqueueOptions, Receipt } from "../definition/enqueue.ts";
import type { Manifest } from "../definition/manifest.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { ArgsOf, JobReference, TaskqJobs } from "../definition/typed-jobs.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { createEnqueue } from "./create-enqueue.ts";
import { type EnqueuedMany, type EnqueueManyOptions, enqueueMany } from "./enqueue-many.ts";
import { createFindJob } from "./find-job.ts";
import { findProject } from "./find-project.ts";
import { projectOfManifest } from "./project-of-manifest.ts";

export interface ClientOptions {
  /** What `taskq types` wrote: jobs are taken from it, and no file of the project is read. */
  readonly manifest?: Manifest;
  /** The folder of `taskq.config.ts`. Default: the working folder. */
  readonly cwd?: string;
  /** Another config file. Not with `manifest`. */
  readonly config?: string;
  /** Overrides the config's broker. */
  readonly broker?: string;
}

/** What a client knows, from files or from a manifest. */
export interface ClientProject {
  readonly config: ResolvedConfig;
  readonly catalog: Catalog;
}

/** Enqueues from an application: the same checks and the same speed as `taskq enqueue`. */
export interface Client<Jobs = TaskqJobs> extends AsyncDisposable {
  /**
   * Rejects with a TaskqError, within five seconds when the broker is gone. A call that was on its way when the broker fell
   * silent may still be carried out: an `id` of your own makes it safe to try again.
   */
  enqueue<const Job extends JobReference<Jobs>>(
    job: Job,
    args: ArgsOf<Job, Jobs>,
    options?: EnqueueOptions,
  ): Promise<Receipt>;
  /** By the thousand in one round trip. Where one row is refused nothing is written, unless `onReject` is given. */
  enqueueMany<const Job extends JobReference<Jobs>>(
    job: Job,
    rows: Iterable<ArgsOf<Job, Jobs>> | AsyncIterable<ArgsOf<Job, Jobs>>,
    options?: EnqueueManyOptions<ArgsOf<Job, Jobs>>,
  ): Promise<EnqueuedMany>;
  readonly close: () => Promise<void>;
}

/** Takes the jobs from the manifest, or reads the config and discovers them; connects. Throws what each of these finds wrong. */
export async function createClient<Jobs = TaskqJobs>(options: ClientOptions = {}): Promise<Client<Jobs>> {
  const { manifest } = options;
  const { config, catalog } =
    manifest === undefined ? await findProject(options) : projectOfManifest(manifest, options);
  const { broker: url, prefix, root } = config;
  const broker: Broker = await openBroker({ url, prefix, root, kind: "reconnecting" });
  const connect = async () => broker;
  const findJob = createFindJob(catalog, manifest !== undefined);

  return {
    enqueue: createEnqueue(config, findJob, connect) as Client<Jobs>["enqueue"],
    enqueueMany: (job, rows, options) => enqueueMany(connect, config, findJob(job, options?.queue), rows, options),
    close: broker.close,
    [Symbol.asyncDispose]: broker.close,
  };
}

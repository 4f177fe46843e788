import type { Broker } from "../broker/broker.ts";
import { openBroker } from "../broker/broker.ts";
import type { Manifest } from "../definition/manifest.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { ArgsOf, JobReference, TaskqJobs } from "../definition/typed-jobs.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import { enqueue, type Receipt } from "./enqueue.ts";
import type { EnqueueOptions } from "./enqueue-options.ts";
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
  readonly close: () => Promise<void>;
}

/** Takes the jobs from the manifest, or reads the config and discovers them; connects. Throws what each of these finds wrong. */
export async function createClient<Jobs = TaskqJobs>(options: ClientOptions = {}): Promise<Client<Jobs>> {
  const { manifest } = options;
  const { config, catalog } =
    manifest === undefined ? await findProject(options) : projectOfManifest(manifest, options);
  const { broker: url, prefix, root } = config;
  const broker: Broker = await openBroker({ url, prefix, root, kind: "reconnecting" });

  return {
    async enqueue(job: unknown, args: unknown, options?: EnqueueOptions): Promise<Receipt> {
      const found = typeof job === "string" ? catalog.job(job) : catalog.jobOf(job);
      if (!found) throw unnamed(manifest !== undefined);
      return enqueue(async () => broker, config, found, args, options);
    },
    close: broker.close,
    [Symbol.asyncDispose]: broker.close,
  };
}

function unnamed(isOfManifest: boolean): TaskqError {
  const [what, hint] = isOfManifest
    ? ["has no name that the manifest knows", "Enqueue it by its name, typed by what `taskq types` writes."]
    : ["is not among the discovered ones", "Export it from a tasks file of this project, or enqueue it by its name."];
  return new TaskqError("JOB_UNNAMED", `the job that was given to enqueue ${what}`, { hint });
}

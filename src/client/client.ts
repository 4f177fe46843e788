import type { Broker } from "../broker/broker.ts";
import { openBroker } from "../broker/broker.ts";
import { loadConfig } from "../config/load.ts";
import type { AnyJob, JobDefinition, JobFunction } from "../definition/job.ts";
import { loadCatalog } from "../discovery/load-catalog.ts";
import { TaskqError } from "../errors.ts";
import { createLoader } from "../loader/loader.ts";
import { enqueue, type Receipt } from "./enqueue.ts";
import type { EnqueueOptions } from "./enqueue-options.ts";

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
  /**
   * Rejects with a TaskqError, within five seconds when the broker is gone. A call that was on its way when the broker fell
   * silent may still be carried out: an `id` of your own makes it safe to try again.
   */
  enqueue<Input>(
    job: JobDefinition<Input, never, unknown> | JobDefinition<Input>,
    args: Input,
    options?: EnqueueOptions,
  ): Promise<Receipt>;
  enqueue(job: AnyJob | JobFunction | string, args: object, options?: EnqueueOptions): Promise<Receipt>;
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
      const found = typeof job === "string" ? catalog.job(job) : catalog.jobOf(job);
      if (!found) {
        throw new TaskqError("JOB_UNNAMED", "the job that was given to enqueue is not among the discovered ones", {
          hint: "Export it from a tasks file of this project, or enqueue it by its name.",
        });
      }
      return enqueue(async () => broker, config, found, args, options);
    },
    close: broker.close,
    [Symbol.asyncDispose]: broker.close,
  };
}

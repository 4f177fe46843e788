import type { Broker } from "../broker/broker.ts";
import { openBroker } from "../broker/broker.ts";
import { loadConfig } from "../config/load.ts";
import type { EnqueueOptions, Receipt } from "../definition/enqueue.ts";
import type { AnyJob, JobDefinition, JobFunction } from "../definition/job.ts";
import { loadCatalog } from "../discovery/load-catalog.ts";
import { createLoader } from "../loader/loader.ts";
import { createEnqueue } from "./create-enqueue.ts";

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
    enqueue: createEnqueue(config, catalog, async () => broker),
    close: broker.close,
    [Symbol.asyncDispose]: broker.close,
  };
}

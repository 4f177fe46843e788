import type { Broker } from "../broker/broker.ts";
import type { EnqueueFunction } from "../definition/enqueue.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { enqueue } from "./enqueue.ts";
import { unnamed } from "./unnamed.ts";

/** Enqueues a job that the catalog knows, by its name or by what its file exports. Connects when first needed. */
export function createEnqueue(
  config: ResolvedConfig,
  catalog: Catalog,
  broker: () => Promise<Broker>,
  isOfManifest = false,
): EnqueueFunction {
  return async (job, args, options) => {
    const found = typeof job === "string" ? catalog.job(job) : catalog.jobOf(job);
    if (!found) throw unnamed(isOfManifest);
    return enqueue(broker, config, found, args, options);
  };
}

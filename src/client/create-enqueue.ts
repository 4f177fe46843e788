import type { Broker } from "../broker/broker.ts";
import type { EnqueueFunction } from "../definition/enqueue.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import { enqueue } from "./enqueue.ts";

/** Enqueues a job that the catalog knows, by its name or by what its file exports. Connects when first needed. */
export function createEnqueue(
  config: ResolvedConfig,
  catalog: Catalog,
  broker: () => Promise<Broker>,
): EnqueueFunction {
  return async (job, args, options) => {
    const found = typeof job === "string" ? catalog.job(job) : catalog.jobOf(job);
    if (!found) {
      throw new TaskqError("JOB_UNNAMED", "the job that was given to enqueue is not among the discovered ones", {
        hint: "Export it from a tasks file of this project, or enqueue it by its name.",
      });
    }
    return enqueue(broker, config, found, args, options);
  };
}

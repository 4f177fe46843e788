import type { Broker } from "../broker/broker.ts";
import type { EnqueueFunction } from "../definition/enqueue.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { enqueue } from "./enqueue.ts";
import type { FindJob } from "./find-job.ts";

/** Enqueues a job that the catalog knows. Connects when first needed. */
export function createEnqueue(
  config: ResolvedConfig,
  findJob: FindJob,
  broker: () => Promise<Broker>,
): EnqueueFunction {
  return async (job, args = {}, options) => enqueue(broker, config, findJob(job, options?.queue), args, options);
}

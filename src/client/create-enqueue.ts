import type { Broker } from "../broker/broker.ts";
import type { EnqueueFunction } from "../definition/enqueue.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { enqueue, type OnMade } from "./enqueue.ts";
import type { FindJob } from "./find-job.ts";

/** An enqueue that tells the job's id before it is written. */
export type TellingEnqueue = (
  ...call: [...Parameters<EnqueueFunction>, onMade?: OnMade]
) => ReturnType<EnqueueFunction>;

/** Enqueues a job that the catalog knows. Connects when first needed. */
export function createEnqueue(config: ResolvedConfig, findJob: FindJob, broker: () => Promise<Broker>): TellingEnqueue {
  return async (job, args = {}, options, onMade) =>
    enqueue(broker, config, findJob(job, options?.queue), args, options, onMade);
}

import type { Broker } from "../broker/broker.ts";
import type { Listener } from "../broker/listen/listener.ts";
import type { Duration } from "../definition/duration.ts";
import type { EnqueueOptions, Receipt } from "../definition/enqueue.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { enqueue } from "./enqueue.ts";
import { type Settled, settle } from "./settle.ts";

/** What a call that waits may say. */
export interface WaitOptions extends Omit<EnqueueOptions, "timeout"> {
  /** How long to wait for the job's end. The job goes on after it. Default: without end. */
  readonly timeout?: Duration | undefined;
  /** The longest that one attempt may take. */
  readonly attemptTimeout?: Duration | undefined;
  /** Ends the waiting. The job goes on. */
  readonly signal?: AbortSignal | undefined;
}

export interface WaitTools {
  readonly broker: () => Promise<Broker>;
  readonly listener: () => Promise<Listener>;
  readonly config: ResolvedConfig;
}

/** Enqueues a job and waits until it has ended. */
export function enqueueAndSettle(
  { broker, listener, config }: WaitTools,
  job: CatalogJob,
  args: unknown,
  { timeout, attemptTimeout, signal, ...said }: WaitOptions = {},
  onReceipt?: (receipt: Receipt) => void,
): Promise<Settled> {
  const options = { broker, listener, queue: said.queue ?? job.queue, timeout, signal, onReceipt };
  return settle(options, (listening) => enqueue(listening, config, job, args, { ...said, timeout: attemptTimeout }));
}

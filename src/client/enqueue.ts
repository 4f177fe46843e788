import type { Broker } from "../broker/broker.ts";
import { enqueue as add } from "../broker/enqueue.ts";
import { createJobId } from "../broker/job-id.ts";
import { checkArgs } from "../definition/check-args.ts";
import { checkJsonArgs } from "../definition/json-args.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { checkEnqueueOptions, type EnqueueOptions } from "./enqueue-options.ts";

/** What became of a call. */
export interface Receipt {
  readonly created: boolean;
  readonly reason: "exists" | "finished" | null;
  readonly id: string;
  readonly job: string;
  readonly queue: string;
  /** Of the job that has the id now: BullMQ's word. */
  readonly state: string;
  /** ISO 8601 in UTC: when it may run. */
  readonly runAt: string;
}

/** Checks args and options, and only then connects and writes. What is stored is the input, not the schema's output. */
export async function enqueue(
  broker: () => Promise<Broker>,
  config: ResolvedConfig,
  { name, queue, definition }: CatalogJob,
  args: unknown,
  options: EnqueueOptions = {},
): Promise<Receipt> {
  const { id, ...chosen } = checkEnqueueOptions(options, definition);
  checkJsonArgs(args, config.maxArgsSize);
  await checkArgs(name, definition, args);

  const job = { ...chosen, id: id ?? createJobId(), given: id !== undefined, job: name, queue, args };
  const added = await add(await broker(), job);
  return {
    created: added.created,
    reason: added.created ? null : added.reason,
    id: job.id,
    job: name,
    queue,
    state: added.created ? (job.delayMs > 0 ? "delayed" : job.priority > 0 ? "prioritized" : "waiting") : added.state,
    runAt: new Date(added.created ? Date.now() + job.delayMs : added.runAtMs).toISOString(),
  };
}

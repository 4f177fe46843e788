import type { Broker } from "../broker/broker.ts";
import { enqueue as add } from "../broker/enqueue/enqueue.ts";
import type { EnqueueOptions, Receipt } from "../definition/enqueue.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { afterEnqueue } from "./enqueue-hooks.ts";
import { createPrepare } from "./enqueue-prepare.ts";
import { toReceipts } from "./enqueue-receipt.ts";

/** Hears the id of a job that is about to be written: its answer may be lost. */
export type OnMade = (id: string) => void;

/** Checks args and options, and only then connects and writes. */
export async function enqueue(
  broker: () => Promise<Broker>,
  config: ResolvedConfig,
  job: CatalogJob,
  args: unknown,
  options: EnqueueOptions = {},
  onMade?: OnMade,
): Promise<Receipt> {
  const { id, ...others } = options;
  const prepare = createPrepare(config, job, others);
  const settled = await prepare.settle(args, id);
  const made = prepare.make(settled);
  onMade?.(made.id);
  const opened = await broker();
  const [receipt] = await toReceipts(opened, [made], [await add(opened, made)]);
  const { job: name, queue, args: stored, meta = {} } = made;
  await afterEnqueue(config, receipt!, { job: name, queue, args: stored, meta: { ...meta }, options });
  return receipt!;
}

import type { Broker } from "../broker/broker.ts";
import { enqueue as add } from "../broker/enqueue.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import type { EnqueueOptions } from "./enqueue-options.ts";
import { createPrepare } from "./enqueue-prepare.ts";
import { toReceipts } from "./enqueue-receipt.ts";

/** What became of a call. */
export interface Receipt {
  readonly created: boolean;
  /**
   * Why nothing was created. A job of the same id is there (`exists`, `finished`), or one of the same unique key:
   * `duplicate`, or `active` where it should have been replaced but has begun.
   */
  readonly reason: "exists" | "finished" | "duplicate" | "active" | null;
  /** Where nothing was created: of the job that is there. */
  readonly id: string;
  readonly job: string;
  readonly queue: string;
  /** Of the job that has the id now: BullMQ's word. */
  readonly state: string;
  /** ISO 8601 in UTC: when it may run. */
  readonly runAt: string;
  /** With `replace`: the id of the job that was replaced, or null. */
  readonly replaced?: string | null;
}

/** Checks args and options, and only then connects and writes. */
export async function enqueue(
  broker: () => Promise<Broker>,
  config: ResolvedConfig,
  job: CatalogJob,
  args: unknown,
  { id, ...options }: EnqueueOptions = {},
): Promise<Receipt> {
  const { check, make } = createPrepare(config, job, options);
  await check(args, id);
  const made = make(args as object, id);
  const opened = await broker();
  const [receipt] = await toReceipts(opened, [made], [await add(opened, made)]);
  return receipt!;
}

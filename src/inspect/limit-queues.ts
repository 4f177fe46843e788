import type { Broker } from "../broker/broker.ts";
import type { Rate } from "../broker/store/limits.ts";
import { overrideLimit, resetLimit } from "../broker/store/overrides.ts";
import { listQueues, type QueueRow } from "./queue-list.ts";
import { requireQueues } from "./require-queues.ts";

/** A limit that an operator sets, or `reset`: what the config says holds again. */
export type NewLimit =
  | { readonly kind: "concurrency"; readonly limit: number | "reset" }
  | { readonly kind: "rate"; readonly limit: Rate | "reset" };

/** Changes a limit of queues for all their workers, those that live too. Returns what is set afterwards. */
export async function limitQueues(
  broker: Broker,
  patterns: readonly string[],
  { kind, limit }: NewLimit,
  by: string,
): Promise<QueueRow[]> {
  const queues = await requireQueues(broker, patterns);
  const operator = { by, atMs: Date.now() };
  for (const queue of queues) {
    if (limit === "reset") await resetLimit(broker, queue, kind);
    else await overrideLimit(broker, queue, kind, limit, operator);
  }
  return listQueues(broker, queues);
}

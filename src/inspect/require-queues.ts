import type { Broker } from "../broker/broker.ts";
import { TaskqError } from "../errors.ts";
import { findQueues } from "./find-queues.ts";

/** The queues that fit the patterns, for what changes them. Throws QUEUE_NOT_FOUND where none does. */
export async function requireQueues(broker: Broker, patterns: readonly string[]): Promise<string[]> {
  const queues = await findQueues(broker, patterns);
  if (queues.length > 0) return queues;
  const known = await findQueues(broker, []);
  throw new TaskqError("QUEUE_NOT_FOUND", `no queue fits ${patterns.map((pattern) => `"${pattern}"`).join(" or ")}`, {
    hint: `The queues in the broker are ${known.join(", ") || "none"}.`,
  });
}

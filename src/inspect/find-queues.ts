import type { Broker } from "../broker/broker.ts";
import { isQueue, readQueueNames } from "../broker/store/queue-names.ts";
import { matchesAny } from "../definition/matches.ts";
import { nearest } from "../definition/nearest.ts";
import { TaskqError } from "../errors.ts";

/**
 * The queues that taskq has used: all, or those that fit the patterns. A queue of other producers is found when it is called by its
 * name. Throws QUEUE_NOT_FOUND for a name that none has.
 */
export async function findQueues(broker: Broker, patterns: readonly string[]): Promise<string[]> {
  const known = await readQueueNames(broker);
  if (patterns.length === 0) return known;
  const unknown = patterns.filter((pattern) => !/[*?]/.test(pattern) && !known.includes(pattern));
  for (const name of unknown) if (!(await isQueue(broker, name))) throw notFound(name, known);
  return [...new Set([...known.filter((queue) => matchesAny(queue, patterns)), ...unknown])].sort();
}

function notFound(name: string, known: readonly string[]): TaskqError {
  const meant = nearest(name, known);
  return new TaskqError("QUEUE_NOT_FOUND", `no queue is named "${name}"`, {
    hint: meant ? `Did you mean ${meant}?` : `The queues in the broker are ${known.join(", ") || "none"}.`,
  });
}

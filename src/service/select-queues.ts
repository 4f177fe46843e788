import { matchesAny } from "../definition/matches.ts";
import { nearest } from "../definition/nearest.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";

/** Names of queues, or patterns of them. */
export interface QueueWords {
  /** Only these. Default: all of the project. */
  readonly only?: readonly string[] | undefined;
  readonly without?: readonly string[] | undefined;
  /** Those that another program works on too. */
  readonly shared?: readonly string[] | undefined;
}

/** The queues to work on. Throws QUEUE_NOT_FOUND where one of the words fits no queue of the project, and where no queue is left. */
export function selectQueues({ queues }: Catalog, { only, without = [], shared = [] }: QueueWords): string[] {
  const misfit = [...(only ?? []), ...without, ...shared].find(
    (word) => !queues.some((name) => matchesAny(name, [word])),
  );
  if (misfit !== undefined) throw notFound(misfit, queues, nearest(misfit, queues));
  const selected = queues.filter((name) => (!only || matchesAny(name, only)) && !matchesAny(name, without));
  if (selected.length > 0) return selected;
  throw notFound([...(only ?? []), ...without.map((word) => `not ${word}`)].join(", "), queues);
}

function notFound(said: string, queues: readonly string[], meant?: string): TaskqError {
  const hint = meant ? `Did you mean ${meant}?` : `The queues of this project are ${queues.join(", ") || "none"}.`;
  return new TaskqError("QUEUE_NOT_FOUND", `no queue fits ${said}`, { hint });
}

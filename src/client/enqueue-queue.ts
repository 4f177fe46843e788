import { nearest } from "../definition/nearest.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";

/** Refuses a queue that no worker of the project takes from: the job would wait there for ever. */
export function checkQueue({ queues }: Catalog, queue: string | undefined): void {
  if (queue === undefined || queues.includes(queue)) return;
  const near = nearest(queue, queues);
  throw new TaskqError("QUEUE_NOT_FOUND", `no queue is named "${queue}"`, {
    hint: near ? `Did you mean ${near}?` : `The queues of this project are ${queues.join(", ")}.`,
  });
}

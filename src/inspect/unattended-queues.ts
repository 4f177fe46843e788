import type { WorkerRow } from "./workers.ts";

/** Those of a project's queues from which no live worker takes. */
export function unattendedQueues(queues: readonly string[], workers: readonly Pick<WorkerRow, "queues">[]): string[] {
  const attended = new Set(workers.flatMap((worker) => worker.queues.map(({ queue }) => queue)));
  return queues.filter((queue) => !attended.has(queue));
}

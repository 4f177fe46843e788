import type { Broker } from "../broker/broker.ts";
import { pauseQueue, resumeQueue } from "../broker/store/pauses.ts";
import { checkReason } from "../definition/check-reason.ts";
import { requireQueues } from "./require-queues.ts";

/** What became of one queue. `unchanged`: it was so before. */
export interface PauseReceipt {
  readonly queue: string;
  readonly outcome: "paused" | "resumed" | "unchanged";
}

export interface PauseOptions {
  readonly by: string;
  readonly reason?: string | undefined;
}

/** Lets no worker take a job of the queues that fit the patterns; what runs goes on. */
export async function pauseQueues(
  broker: Broker,
  patterns: readonly string[],
  { by, reason }: PauseOptions,
): Promise<PauseReceipt[]> {
  const pause = { by, reason: checkReason(reason), atMs: Date.now() };
  return each(broker, patterns, async (queue) => ((await pauseQueue(broker, queue, pause)) ? "paused" : "unchanged"));
}

/** Lets workers take jobs of them again. */
export async function resumeQueues(broker: Broker, patterns: readonly string[]): Promise<PauseReceipt[]> {
  return each(broker, patterns, async (queue) => ((await resumeQueue(broker, queue)) ? "resumed" : "unchanged"));
}

async function each(
  broker: Broker,
  patterns: readonly string[],
  change: (queue: string) => Promise<PauseReceipt["outcome"]>,
): Promise<PauseReceipt[]> {
  const queues = await requireQueues(broker, patterns);
  return Promise.all(queues.map(async (queue) => ({ queue, outcome: await change(queue) })));
}

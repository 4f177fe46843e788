import type { BaseAdapter } from "@bull-board/api/baseAdapter";
import { openBoardQueue } from "../../broker/board/board-queue.ts";
import { findQueues } from "../../broker/board/find-queues.ts";
import { toBrokerId } from "../../broker/job-id.ts";
import type { BoardOptions } from "./board.ts";
import type { BullBoard } from "./load-bull-board.ts";

/** So long the queues that were found are taken for all there are: a page asks several times a moment. */
const freshMs = 1_000;

/** Tells Bull Board which queues there are now, whenever it is called. */
export function createBoardQueues(
  { broker, isWritable, queues: named, runSchedule }: BoardOptions,
  { BullMQAdapter }: BullBoard,
  replace: (adapters: readonly BaseAdapter[]) => void,
): () => Promise<void> {
  const opened = new Map<string, BaseAdapter>();
  let looking: Promise<void> | undefined;
  let lookedMs = Number.NEGATIVE_INFINITY;

  async function open(name: string): Promise<BaseAdapter> {
    const queue = await openBoardQueue(broker, name);
    const adapter = new BullMQAdapter(queue as never, { readOnlyMode: !isWritable });
    adapter.runJobSchedulerNow = async (schedule) => {
      const id = await runSchedule(name, schedule);
      return id === undefined ? "not-found" : ((await adapter.getJob(toBrokerId(id))) ?? "not-found");
    };
    return adapter;
  }

  async function look(): Promise<void> {
    const names = [...new Set([...named, ...(await findQueues(broker))])];
    for (const name of names) if (!opened.has(name)) opened.set(name, await open(name));
    replace(names.map((name) => opened.get(name)!));
    lookedMs = performance.now();
  }

  return async () => {
    if (performance.now() - lookedMs < freshMs) return;
    looking ??= look().finally(() => {
      looking = undefined;
    });
    await looking;
  };
}

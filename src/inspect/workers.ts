import type { Broker } from "../broker/broker.ts";
import { type RunnerRecord, readRunners } from "../broker/store/runners.ts";

/** One live worker process, as `taskq worker list` prints it. */
export interface WorkerRow extends Omit<RunnerRecord, "startedAtMs" | "syncs"> {
  readonly startedAt: string;
}

/** The live worker processes, the oldest first. */
export async function listWorkers(broker: Broker): Promise<WorkerRow[]> {
  const runners = await readRunners(broker);
  return runners.map(({ id: _id, startedAtMs, syncs: _syncs, ...rest }) => ({
    ...rest,
    startedAt: new Date(startedAtMs).toISOString(),
  }));
}

import type { Broker } from "../broker/broker.ts";
import { type RunnerRecord, readRunners } from "../broker/store/runners.ts";
import { redactKeys } from "../definition/redact.ts";

/** One live worker process, as `taskq worker list` prints it. */
export interface WorkerRow extends Omit<RunnerRecord, "startedAtMs" | "syncs"> {
  readonly startedAt: string;
}

/** The live worker processes, the oldest first. Keys to redact are hidden in what their jobs say of their progress. */
export async function listWorkers(broker: Broker, redact: readonly string[]): Promise<WorkerRow[]> {
  const runners = await readRunners(broker);
  return runners.map(({ id: _id, startedAtMs, syncs: _syncs, active, ...rest }) => ({
    ...rest,
    active: active.map((job) => ({ ...job, progress: redactKeys(job.progress, redact) })),
    startedAt: new Date(startedAtMs).toISOString(),
  }));
}

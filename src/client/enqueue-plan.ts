import type { EnqueueOptions } from "../definition/enqueue.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { createPrepare } from "./enqueue-prepare.ts";
import { firstState, runAtOf } from "./enqueue-receipt.ts";

/** What a call would write. */
export interface EnqueuePlan {
  readonly dryRun: true;
  /** Where the call gives none it is made when the job is written. */
  readonly id: string | null;
  readonly job: string;
  readonly queue: string;
  readonly args: unknown;
  /** What would go along with them, or null. */
  readonly meta: unknown;
  readonly state: string;
  readonly runAt: string;
  readonly priority: number;
  /** What the call says; else the worker's definition says it. */
  readonly attempts: number | null;
  readonly timeoutMs: number | null;
  /** As the broker would keep it. */
  readonly unique: string | null;
}

/** Checks a call as `enqueue` does, and writes nothing. */
export async function planEnqueue(
  config: ResolvedConfig,
  job: CatalogJob,
  args: unknown,
  { id, ...options }: EnqueueOptions,
): Promise<EnqueuePlan> {
  const { settle, make } = createPrepare(config, job, options);
  const prepared = make(await settle(args, id));
  return {
    dryRun: true,
    id: id ?? null,
    job: prepared.job,
    queue: prepared.queue,
    args: prepared.args,
    meta: prepared.meta ?? null,
    state: firstState(prepared),
    runAt: runAtOf(prepared),
    priority: prepared.priority,
    attempts: prepared.attempts ?? null,
    timeoutMs: prepared.timeoutMs ?? null,
    unique: prepared.unique ?? null,
  };
}

import { loadConfig } from "../config/load.ts";
import { loadCatalog } from "../discovery/load-catalog.ts";
import { createLoader } from "../loader/loader.ts";
import type { RunnerEvent } from "../runner/events.ts";
import { selectQueues } from "./select-queues.ts";
import { startService } from "./service.ts";

export interface RunUntilEmptyOptions {
  /** The folder of `taskq.config.ts`. Default: the working folder. */
  readonly cwd?: string;
  /** Another config file. */
  readonly config?: string;
  /** Overrides the config's broker. */
  readonly broker?: string;
  /** Only these queues: names, or patterns with `*`. Default: all of the project. */
  readonly queues?: readonly string[];
}

/** What a run until empty did. */
export interface EmptyRun {
  readonly completed: readonly { readonly job: string; readonly id: string }[];
  /** Those that will not be tried again. */
  readonly failed: readonly { readonly job: string; readonly id: string; readonly error: string }[];
}

/**
 * Runs the project's workers in this process until nothing is left to do, as `taskq run-worker --burst` does:
 * startup and shutdown files run, schedules are left alone. A retry that is due within a minute is waited for.
 */
export async function runUntilEmpty({
  cwd = process.cwd(),
  config: file,
  broker,
  queues,
}: RunUntilEmptyOptions = {}): Promise<EmptyRun> {
  const config = await loadConfig({ cwd, file, flags: { broker } });
  const catalog = await loadCatalog(config, createLoader(config.root));
  const events: RunnerEvent[] = [];

  const service = await startService({
    config: { ...config, http: undefined },
    catalog,
    queues: selectQueues(catalog, { only: queues }),
    schedules: false,
    burst: true,
    allowEviction: true,
    shareQueues: [],
    name: undefined,
    onEvent: (event) => void events.push(event),
  });
  await service.ended;
  return {
    completed: events.flatMap((event) => (event.type === "completed" ? [{ job: event.job, id: event.id }] : [])),
    failed: events.flatMap((event) =>
      event.type === "failed" && event.final ? [{ job: event.job, id: event.id, error: event.error }] : [],
    ),
  };
}

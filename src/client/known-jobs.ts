import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogJob } from "../discovery/catalog.ts";

/** A job as far as enqueueing it goes. */
export type KnownJob = Pick<CatalogJob, "name" | "queue" | "definition">;

/** What a client knows: the config, and the jobs by what a call may name them by. */
export interface KnownJobs {
  readonly config: ResolvedConfig;
  /** Throws JOB_NOT_FOUND, with the nearest name as a hint. */
  readonly job: (name: string) => KnownJob;
  /** The job that a definition or a function is; `undefined` where it cannot be told. */
  readonly jobOf: (value: unknown) => KnownJob | undefined;
}

import type { AnyJob } from "../definition/job.ts";
import type { Overlap, ScheduleDefinition } from "../definition/schedule.ts";

/** A job of the project, with what its place in the tree says of it. */
export interface CatalogJob {
  readonly name: string;
  readonly queue: string;
  readonly domain: string;
  /** From the project's root. */
  readonly file: string;
  /** The name under which the file exports it, or its function's. */
  readonly exported: string;
  /** Whether it is the `handler` of a schedule, and no export. */
  readonly isInline?: boolean;
  readonly definition: AnyJob;
}

/** A schedule of the project, checked. Exactly one of `cron` and `everyMs` is there. */
export interface CatalogSchedule {
  readonly name: string;
  readonly job: CatalogJob;
  readonly file: string;
  /** With every `H` replaced by its number; several expressions stand with ` | ` between them. */
  readonly cron: string | undefined;
  readonly everyMs: number | undefined;
  readonly timezone: string;
  /** Neither a tick before nor one after. */
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  /** So long after each tick its run is due. */
  readonly jitterMs?: number;
  readonly args: object;
  readonly overlap: Overlap;
  readonly catchUp: "once" | "skip" | "all";
  /** A tick older than this is not caught up. */
  readonly catchUpWindowMs: number | undefined;
  /** Of each run: lower runs first, from 1; 0 runs before all. */
  readonly priority: number;
  readonly definition: ScheduleDefinition;
}

export interface HookContext {
  /** What the startup files before this one returned, merged. */
  readonly state: Record<string, unknown>;
}

/** A function that a startup or shutdown file exports. */
export interface Hook {
  /** `<domain>.<export>`, for logs. */
  readonly name: string;
  readonly domain: string;
  readonly file: string;
  readonly run: (context: HookContext) => unknown;
}

export interface CatalogWarning {
  readonly code: string;
  readonly message: string;
  readonly file: string;
}

/** All that the project declares. The one place that knows what exists. */
export interface Catalog {
  readonly jobs: readonly CatalogJob[];
  readonly schedules: readonly CatalogSchedule[];
  /** Sorted. */
  readonly queues: readonly string[];
  /** In the order of their paths. */
  readonly startup: readonly Hook[];
  readonly shutdown: readonly Hook[];
  readonly warnings: readonly CatalogWarning[];
  /** Throws JOB_NOT_FOUND, with the nearest name as a hint. */
  readonly job: (name: string) => CatalogJob;
  /** `undefined` where no job has the name. */
  readonly findJob: (name: string) => CatalogJob | undefined;
  /** The job that a definition or function was discovered as, by identity; `undefined` where it was not. */
  readonly jobOf: (definition: unknown) => CatalogJob | undefined;
  readonly findSchedule: (name: string) => CatalogSchedule | undefined;
}

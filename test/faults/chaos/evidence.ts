import type { Entry } from "../ledger.ts";
import type { LoggedEvent } from "../worker-process.ts";

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One worker process, from its start to its end. */
export interface Life {
  readonly pid: number;
  readonly events: readonly LoggedEvent[];
  /** When it was frozen by SIGSTOP. */
  readonly stops: readonly Span[];
  /** By our SIGKILL. */
  readonly killed?: boolean;
  /** When our SIGTERM was sent. */
  readonly closedMs?: number;
  readonly goneMs?: number;
  /** Its exit code, or the signal that ended it. */
  readonly end?: number | string;
  readonly complaints?: string;
}

/** All that is known when a run is over. */
export interface Evidence {
  readonly acknowledged: readonly string[];
  readonly entries: readonly Entry[];
  readonly lives: readonly Life[];
  /** When Redis was killed or frozen. */
  readonly redisAway: readonly Span[];
  /** Why, by the ids of the jobs that the broker holds as failed. */
  readonly failed: ReadonlyMap<string, string>;
}

import type { Exported } from "../../serve/metrics.ts";
import type { WorkerStatus } from "../insight/status.ts";
import type { HealthReport } from "../operate.ts";

/** What the parent of a pool asks of a child. */
export type ToChild =
  | { readonly type: "close"; readonly reason: string }
  | { readonly type: "hurry" | "quiet" | "resume" | "report" }
  /** Wants to hear all that the child can tell of itself. */
  | { readonly type: "tell" };

/** What a child tells its parent. */
export type ToParent =
  /** The config and the job files are right. */
  | { readonly type: "checked" }
  /** It takes jobs. */
  | { readonly type: "started" }
  /** It has reached a limit: it takes no more, and closes as soon as it is idle. */
  | { readonly type: "recycling" }
  | ({ readonly type: "health" } & HealthReport)
  | ({ readonly type: "told" } & Told);

/** The answer to `tell`. */
export interface Told {
  readonly metrics: Exported;
  readonly status: WorkerStatus;
}

import type { HealthReport } from "../operate.ts";

/** What the parent of a pool asks of a child. */
export type ToChild =
  | { readonly type: "close"; readonly reason: string }
  | { readonly type: "hurry" | "quiet" | "resume" | "report" };

/** What a child tells its parent. */
export type ToParent =
  /** The config and the job files are right. */
  | { readonly type: "checked" }
  /** It takes jobs. */
  | { readonly type: "started" }
  /** It has reached a limit: it takes no more, and closes as soon as it is idle. */
  | { readonly type: "recycling" }
  | ({ readonly type: "health" } & HealthReport);

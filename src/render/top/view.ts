import type { JobDetail } from "../../broker/look/job-detail.ts";
import type { JobLine } from "../../inspect/job-heads.ts";
import type { QueueStats } from "../../inspect/queue-stats.ts";
import type { WorkerRow } from "../../inspect/workers.ts";
import type { ScheduleHistoryEntry } from "../../schedule/history.ts";
import type { ScheduleRow } from "../../schedule/row.ts";

/** One line of a list. */
export type TopRow =
  | { readonly kind: "queue"; readonly queue: QueueStats }
  | { readonly kind: "job"; readonly job: JobLine }
  | { readonly kind: "worker"; readonly worker: WorkerRow }
  | { readonly kind: "schedule"; readonly schedule: ScheduleRow };

export interface TopOrder {
  readonly verb: "retry" | "cancel" | "remove" | "promote" | "pause" | "resume" | "run" | "quiet" | "stop";
  readonly row: TopRow;
}

export type TopStatus =
  | { readonly kind: "doing" | "done" | "gone"; readonly order: TopOrder }
  | { readonly kind: "requested" | "refused" | "failed"; readonly order: TopOrder; readonly reason: string }
  | { readonly kind: "hint"; readonly hint: string };

export type TopTab = "queues" | "active" | "workers" | "schedules" | "failed";

/** Everything that the live screen shows. */
export interface TopView {
  readonly size: { readonly columns: number; readonly rows: number };
  readonly address: string;
  readonly nowMs: number;
  readonly lost: { readonly sinceMs: number; readonly reason: string } | undefined;
  readonly tab: TopTab;
  readonly list: TopTab | "jobs";
  readonly inQueue: { readonly queue: string; readonly state: JobLine["state"] } | undefined;
  /** All of them, whatever is listed. */
  readonly queues: readonly QueueStats[];
  readonly workers: number;
  /** undefined where they were not read. */
  readonly schedules: number | undefined;
  /** Of the list, as its filter leaves them. */
  readonly rows: readonly TopRow[];
  /** Without the filter; undefined before the list was read. */
  readonly total: number | undefined;
  /** -1: there is none. */
  readonly selected: number;
  readonly filter: string;
  readonly isTyping: boolean;
  readonly isHelping: boolean;
  readonly opened:
    | {
        readonly row: TopRow;
        readonly offset: number;
        /** Once it is read; null where it is gone. */
        readonly job: JobDetail | null | undefined;
        readonly history: readonly ScheduleHistoryEntry[];
      }
    | undefined;
  readonly question: TopOrder | undefined;
  readonly status: TopStatus | undefined;
}

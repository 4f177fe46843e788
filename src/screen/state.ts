import type { JobDetail } from "../broker/look/job-detail.ts";
import type { JobState } from "../broker/look/job-state.ts";
import type { JobLine } from "../inspect/job-heads.ts";
import type { QueueStats } from "../inspect/queue-stats.ts";
import type { WorkerRow } from "../inspect/workers.ts";
import type { ScheduleHistoryEntry } from "../schedule/history.ts";
import type { ScheduleRow } from "../schedule/row.ts";

export const tabs = ["queues", "active", "workers", "schedules", "failed"] as const;
export type Tab = (typeof tabs)[number];
/** What stands in lists: those of the tabs, and the jobs of one queue. */
export type ListName = Tab | "jobs";

/** One line of a list. `key` says which thing it is, however the list moves; `text` is what a filter looks at. */
export type Row = { readonly key: string; readonly text: string } & (
  | { readonly kind: "queue"; readonly queue: QueueStats }
  | { readonly kind: "job"; readonly job: JobLine }
  | { readonly kind: "worker"; readonly worker: WorkerRow }
  | { readonly kind: "schedule"; readonly schedule: ScheduleRow }
);

/** Where the cursor is in a list, and what the list shows. */
export interface Place {
  readonly filter: string;
  /** Of the row under the cursor: it stays on the thing, not on the line. */
  readonly key: string | undefined;
  readonly index: number;
}

/** One thing, opened. */
export interface Opened {
  readonly row: Row;
  /** The first line that is shown. */
  readonly offset: number;
  /** Of a job, once it is read; null where it is gone. */
  readonly job: JobDetail | null | undefined;
  /** Of a schedule. */
  readonly history: readonly ScheduleHistoryEntry[];
}

export type Verb = "retry" | "cancel" | "remove" | "promote" | "pause" | "resume" | "run" | "quiet" | "stop";

/** Something to be done, and to what. */
export interface Order {
  readonly verb: Verb;
  readonly row: Row;
}

/** What is said in the line of the status. `refused` needs no broker to be known. */
export type Status =
  | { readonly kind: "doing" | "done" | "gone"; readonly order: Order }
  | { readonly kind: "requested" | "refused" | "failed"; readonly order: Order; readonly reason: string }
  | { readonly kind: "hint"; readonly hint: string };

/** All that the screen knows. */
export interface ScreenState {
  readonly size: { readonly columns: number; readonly rows: number };
  readonly tab: Tab;
  /** The queue whose jobs stand in the place of the list of queues. */
  readonly inQueue: { readonly queue: string; readonly state: JobState } | undefined;
  readonly places: Readonly<Record<ListName, Place>>;
  /** What was last read of each list; undefined until then. */
  readonly rows: Readonly<Record<ListName, readonly Row[] | undefined>>;
  readonly isTyping: boolean;
  readonly isHelping: boolean;
  readonly opened: Opened | undefined;
  /** Waits for a yes. */
  readonly question: Order | undefined;
  readonly status: Status | undefined;
  /** When the broker last answered, and why it does not. */
  readonly lost: { readonly sinceMs: number; readonly reason: string } | undefined;
}

const top: Place = { filter: "", key: undefined, index: 0 };

export const initialState: ScreenState = {
  size: { columns: 80, rows: 24 },
  tab: "queues",
  inQueue: undefined,
  places: { queues: top, active: top, workers: top, schedules: top, failed: top, jobs: top },
  rows: {
    queues: undefined,
    active: undefined,
    workers: undefined,
    schedules: undefined,
    failed: undefined,
    jobs: undefined,
  },
  isTyping: false,
  isHelping: false,
  opened: undefined,
  question: undefined,
  status: undefined,
  lost: undefined,
};

/** Which list is looked at. */
export const listOf = ({ tab, inQueue }: ScreenState): ListName => (tab === "queues" && inQueue ? "jobs" : tab);

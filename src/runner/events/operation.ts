/** What comes of operating worker processes: one is told to be quiet or asked what it runs, a pool keeps and replaces its own. */
export type OperationEvent =
  | { readonly type: "ordered"; readonly order: "quiet" | "resume" | "stop"; readonly by: string }
  | { readonly type: "quiet"; readonly active: number }
  | { readonly type: "resumed" }
  | {
      /** One of the jobs that run when somebody asks. */
      readonly type: "running";
      readonly queue: string;
      readonly job: string;
      readonly id: string;
      readonly ms: number;
      readonly abandoned: boolean;
    }
  /** Nothing runs when somebody asks. */
  | { readonly type: "idle" }
  | {
      /** The process closes as soon as what runs has ended. */
      readonly type: "recycling";
      readonly reason: string;
      readonly active: number;
    }
  /** Files have changed: a fresh process follows. */
  | { readonly type: "reloading"; readonly files: readonly string[] }
  /** The process has ended by itself: one follows when files change. */
  | { readonly type: "awaitingChange"; readonly code: number }
  | { readonly type: "poolStarted"; readonly processes: number; readonly pid: number }
  | {
      readonly type: "childEnded";
      readonly seat: number;
      readonly pid: number | null;
      readonly code: number | null;
      readonly signal: string | null;
      readonly ranMs: number;
      /** Whether it was ever ready for jobs. */
      readonly hasStarted: boolean;
      /** How often in a row one has died in this seat. */
      readonly deaths: number;
      /** `null` where none follows. */
      readonly restartInMs: number | null;
    }
  | {
      readonly type: "childKilled";
      readonly seat: number;
      readonly pid: number | null;
      readonly afterMs: number;
      /** What it did not do in time. */
      readonly late: "start" | "end";
    }
  | { readonly type: "poolRestarting"; readonly processes: number }
  | { readonly type: "poolRestarted"; readonly processes: number }
  | {
      /** A new process did not start: the old ones go on. */
      readonly type: "poolRestartStopped";
      readonly seat: number;
      readonly replaced: number;
      readonly processes: number;
    }
  | {
      readonly type: "poolClosing";
      readonly reason: string;
      readonly processes: number;
      /** Then it kills what is left. */
      readonly timeoutMs: number;
    }
  | { readonly type: "poolClosed"; readonly code: number };

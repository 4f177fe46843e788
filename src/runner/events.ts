import type { OperationEvent } from "./events/operation.ts";
import type { ScheduleEvent } from "./events/schedule.ts";

/** All that a worker process has to tell. Data only: render/events/ has the words. */
export type RunnerEvent =
  | {
      readonly type: "started";
      readonly app: string;
      readonly release: string;
      readonly runner: string;
      readonly queues: readonly string[];
      readonly concurrency: number;
      /** How many it declares for its queues and keeps in the broker; null where it leaves them as they are. */
      readonly schedules: number | null;
      readonly broker: string;
      /** Where probes and metrics are served. */
      readonly http: string | null;
    }
  | {
      readonly type: "active";
      readonly queue: string;
      readonly job: string;
      readonly id: string;
      readonly attempt: number;
      /** Whose tick it runs for. */
      readonly schedule: string | null;
      /** Since it was due, at its first start. */
      readonly waitedMs: number | null;
    }
  | {
      readonly type: "completed";
      readonly queue: string;
      readonly job: string;
      readonly id: string;
      readonly ms: number;
    }
  | {
      readonly type: "failed";
      readonly queue: string;
      readonly job: string;
      readonly id: string;
      readonly attempt: number;
      readonly attempts: number;
      readonly ms: number;
      readonly error: string;
      /** No attempt is left. */
      readonly final: boolean;
      readonly retryInMs: number;
    }
  | {
      readonly type: "log";
      readonly job: string;
      readonly id: string;
      readonly level: "debug" | "info" | "warn" | "error";
      readonly fields: object;
      readonly message: string;
    }
  | {
      readonly type: "abandoned";
      readonly queue: string;
      readonly job: string;
      readonly id: string;
      readonly reason: string;
    }
  | {
      /** The thread of an isolated handler was ended: the handler outlasted its grace. */
      readonly type: "terminated";
      readonly queue: string;
      readonly job: string;
      readonly id: string;
      readonly reason: string;
    }
  | {
      readonly type: "putBack";
      readonly queue: string;
      readonly job: string;
      readonly id: string;
      readonly reason: "closing" | "unknown name" | "args of another release" | "its process died";
    }
  | {
      readonly type: "cancelled";
      readonly queue: string;
      readonly job: string;
      readonly id: string;
      readonly by: string;
      readonly reason: string | null;
    }
  | {
      /** A handler gave its job back for later. */
      readonly type: "rescheduled";
      readonly queue: string;
      readonly job: string;
      readonly id: string;
      readonly delayMs: number;
    }
  | {
      /** A handler gave its job back, and holds the whole queue. */
      readonly type: "rateLimited";
      readonly queue: string;
      readonly job: string;
      readonly id: string;
      readonly delayMs: number;
    }
  | { readonly type: "stalled"; readonly queue: string; readonly id: string }
  | { readonly type: "tookBack"; readonly runner: string; readonly jobs: number; readonly reason: string }
  | { readonly type: "lockLost"; readonly queue: string; readonly id: string }
  | {
      readonly type: "resultDropped";
      readonly queue: string;
      readonly job: string;
      readonly id: string;
      readonly reason: string;
    }
  | ScheduleEvent
  | {
      /** The event loop was blocked, and turns again. */
      readonly type: "blocked";
      readonly ms: number;
      readonly jobs: readonly { readonly queue: string; readonly id: string; readonly job: string }[];
    }
  | OperationEvent
  | { readonly type: "brokerLost"; readonly reason: string }
  | { readonly type: "brokerBack"; readonly afterMs: number }
  | { readonly type: "closing"; readonly reason: string; readonly active: number; readonly timeoutMs: number }
  | { readonly type: "hookFailed"; readonly hook: string; readonly error: string }
  | { readonly type: "warning"; readonly message: string }
  | {
      readonly type: "closed";
      readonly completed: number;
      readonly failed: number;
      readonly putBack: number;
      readonly unfinished: number;
    };

export type OnEvent = (event: RunnerEvent) => void;

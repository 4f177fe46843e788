/** One queue's row of `taskq stats`. */
export interface QueueStats {
  readonly queue: string;
  readonly paused: boolean;
  /** Live runner processes that take from it. */
  readonly workers: number;
  readonly waiting: number;
  readonly prioritized: number;
  readonly delayed: number;
  readonly active: number;
  readonly failed: number;
  readonly completed: number;
  readonly waitingChildren: number;
  /** Age of the job that has waited longest; null where none waits. */
  readonly oldestWaitingMs: number | null;
  readonly completedPerMinute: number;
  readonly failedPerMinute: number;
}

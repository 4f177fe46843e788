/** What `stats` counts of a queue that nobody uses. */
export const idleQueue = {
  paused: false,
  workers: 0,
  waiting: 0,
  prioritized: 0,
  delayed: 0,
  active: 0,
  failed: 0,
  completed: 0,
  waitingChildren: 0,
  oldestWaitingMs: null,
  completedPerMinute: 0,
  failedPerMinute: 0,
};

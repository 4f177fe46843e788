import type { JobLine } from "../../src/inspect/job-heads.ts";
import type { QueueStats } from "../../src/inspect/queue-stats.ts";
import type { WorkerRow } from "../../src/inspect/workers.ts";
import type { ScheduleRow } from "../../src/schedule/row.ts";
import { idleQueue } from "../helpers/idle-queue.ts";

export const nowMs = Date.UTC(2026, 10, 24, 12);
const at = (ms: number) => new Date(nowMs + ms).toISOString();

export const queue = (said: Partial<QueueStats> = {}): QueueStats => ({
  queue: "mail",
  ...idleQueue,
  workers: 1,
  override: null,
  ...said,
});

export const job = (said: Partial<JobLine> = {}): JobLine => ({
  queue: "mail",
  id: "4c7d1p0wq2x9k3aa",
  job: "mail.send",
  state: "failed",
  enqueuedAtMs: nowMs - 90_000,
  startedAtMs: nowMs - 61_000,
  finishedAtMs: nowMs - 60_000,
  dueAtMs: undefined,
  attemptsMade: 2,
  attempts: 5,
  progress: null,
  error: undefined,
  worker: "web-1",
  ...said,
});

export const worker = (said: Partial<WorkerRow> = {}): WorkerRow => ({
  name: "web-1",
  host: "web",
  pid: 7,
  app: "shop",
  release: "aaaa",
  version: "1.0.0",
  queues: [{ queue: "mail", concurrency: 10 }],
  state: "running",
  startedAt: at(-3_600_000),
  active: [],
  memoryBytes: 104_857_600,
  shutdownTimeoutMs: 25_000,
  poolPid: null,
  ...said,
});

export const schedule = (said: Partial<ScheduleRow> = {}): ScheduleRow => ({
  name: "mail.digest",
  overdue: false,
  job: "mail.send",
  queue: "mail",
  cron: "0 8 * * *",
  everyMs: null,
  timezone: "UTC",
  next: at(20 * 3_600_000),
  reason: null,
  warning: null,
  last: {
    at: at(-4 * 3_600_000),
    tick: at(-4 * 3_600_000),
    outcome: "completed",
    result: 3,
    error: null,
    durationMs: 120,
    id: "repeat:mail.digest:1",
  },
  runs: 9,
  failed: 1,
  missed: 2,
  skipped: 0,
  overlap: "skip",
  catchUp: "once",
  state: "ok",
  app: "shop",
  paused: null,
  ...said,
});

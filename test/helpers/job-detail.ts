import type { JobDetail } from "../../src/broker/look/job-detail.ts";

/** A failed job as `job show` reads it, of which a test says what it is about. */
export const jobDetail = (said: Partial<JobDetail> = {}): JobDetail => ({
  id: "4c7d1p0wq2x9k3aa",
  job: "mail.send",
  queue: "mail",
  state: "failed",
  args: { to: "ada" },
  meta: null,
  attempts: { made: 1, max: 1 },
  interruptions: 0,
  progress: null,
  result: null,
  error: { message: "no", stack: "Error: no" },
  cancelled: null,
  enqueuedAt: "2026-11-24T12:00:00.000Z",
  runAt: null,
  startedAt: null,
  finishedAt: null,
  durationMs: null,
  worker: null,
  schedule: null,
  parent: null,
  children: [],
  logs: [],
  logCount: 0,
  ...said,
});

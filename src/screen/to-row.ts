import type { JobLine } from "../inspect/job-heads.ts";
import type { QueueStats } from "../inspect/queue-stats.ts";
import type { WorkerRow } from "../inspect/workers.ts";
import type { ScheduleRow } from "../schedule/row.ts";
import type { Row } from "./state.ts";

/** What was read, as rows of a list. */
export const toRow = {
  queue: (queue: QueueStats): Row => ({ kind: "queue", queue, key: queue.queue, text: toText(queue.queue) }),
  job: (job: JobLine): Row => ({
    kind: "job",
    job,
    key: `${job.queue} ${job.id}`,
    text: toText(job.job, job.id, job.queue, job.error ?? "", job.worker ?? ""),
  }),
  worker: (worker: WorkerRow): Row => ({
    kind: "worker",
    worker,
    key: `${worker.name} ${worker.host} ${worker.pid}`,
    text: toText(worker.name, worker.host, worker.state, ...worker.queues.map(({ queue }) => queue)),
  }),
  schedule: (schedule: ScheduleRow): Row => ({
    kind: "schedule",
    schedule,
    key: `${schedule.queue} ${schedule.name}`,
    text: toText(schedule.name, schedule.job, schedule.queue),
  }),
};

const toText = (...parts: readonly string[]) => parts.join(" ").toLowerCase();

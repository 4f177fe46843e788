import type { QueueCounts } from "../../../broker/look/queue-counts.ts";
import type { Finding, Rule } from "../finding.ts";
import { forShell } from "../for-shell.ts";

export interface QueuesKnown {
  readonly queues: readonly QueueCounts[];
  readonly keepFailed: (queue: string) => number;
}

const nearPart = 0.8;

/** Whether the queues are worked on. */
export const judgeQueues: Rule<QueuesKnown> = ({ queues, keepFailed }) => {
  const findings = queues.flatMap((queue) => [
    ...judgeWorkers(queue),
    ...judgePause(queue),
    ...judgeFailed(queue, keepFailed(queue.queue)),
  ]);
  if (findings.length > 0) return findings;
  const what = queues.length === 1 ? "1 queue" : `${queues.length} queues`;
  return [{ level: "ok", check: "queues", what: `${what}, none of them left alone`, why: null, fix: null }];
};

function judgeWorkers({ queue, workers, waiting, prioritized, delayed, active }: QueueCounts): Finding[] {
  const now = waiting + prioritized + active;
  if (workers > 0 || now + delayed === 0) return [];
  return [
    {
      level: now > 0 ? "error" : "warning",
      check: "queues",
      what: `queue ${queue} has no worker, and ${now > 0 ? `${jobs(now)} to run` : `${jobs(delayed)} for later`}`,
      why: "nobody will run them",
      fix: `taskq run-worker --queue ${forShell(queue)}`,
    },
  ];
}

function judgePause({ queue, paused, waiting, prioritized }: QueueCounts): Finding[] {
  if (!paused || waiting + prioritized === 0) return [];
  return [
    {
      level: "warning",
      check: "queues",
      what: `queue ${queue} is paused, and ${waiting + prioritized} jobs wait`,
      why: "nobody will run them until it is resumed",
      fix: `taskq queue resume ${forShell(queue)}`,
    },
  ];
}

function judgeFailed({ queue, failed, failedPerMinute }: QueueCounts, kept: number): Finding[] {
  if (kept === 0 || failed < kept * nearPart) return [];
  const growth = failedPerMinute > 0 ? `, ${failedPerMinute} more a minute` : "";
  return [
    {
      level: "warning",
      check: "failed",
      what: `queue ${queue} has ${failed} failed jobs${growth}, and keeps ${kept}`,
      why: "beyond that the oldest are deleted, whether anybody has seen them or not",
      fix: `taskq job list --state failed --queue ${forShell(queue)}`,
    },
  ];
}

const jobs = (count: number) => (count === 1 ? "1 job" : `${count} jobs`);

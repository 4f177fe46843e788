import type { Job, Queue } from "bullmq";
import type { Meta } from "../../definition/enqueue.ts";
import { TaskqError } from "../../errors.ts";
import { type Broker, redisOf } from "../broker.ts";
import { brokerError, told } from "../broker-error.ts";
import { fromBrokerId, toBrokerId } from "../job-id.ts";
import { queueOf } from "../queues.ts";
import { scheduledRunOf } from "../schedules/scheduled-run.ts";
import { cancelledField, readCancellation } from "../store/cancel-record.ts";
import type { Cancellation } from "../store/cancels.ts";
import { metaOf } from "../worker/delivery.ts";
import { attemptsField } from "../worker/delivery-moves.ts";
import { fromWorkerName } from "../worker/worker-name.ts";
import { type JobLog, readJobLog } from "./job-log.ts";
import { readState } from "./read-state.ts";

/** A job as the broker holds it. */
export interface JobRecord {
  readonly id: string;
  readonly job: string;
  readonly queue: string;
  readonly state: string;
  readonly args: unknown;
  readonly meta: Meta | undefined;
  readonly attemptsMade: number;
  /** Tries in all, where the call said it or an attempt has failed: before that only the worker's definition knows. */
  readonly attempts: number | undefined;
  readonly interruptions: number;
  readonly progress: unknown;
  readonly result: unknown;
  readonly failedReason: string | undefined;
  readonly stack: string | undefined;
  /** Where it failed because somebody cancelled it. */
  readonly cancelled: Cancellation | undefined;
  readonly enqueuedAtMs: number;
  readonly delayMs: number;
  /** When it may run, where it is delayed: enqueued for later, or before its next attempt. */
  readonly dueAtMs: number | undefined;
  readonly startedAtMs: number | undefined;
  readonly finishedAtMs: number | undefined;
  readonly worker: string | undefined;
  readonly schedule: string | undefined;
  /** The last of its lines. */
  readonly logs: readonly string[];
  /** How many are kept. */
  readonly logCount: number;
}

const lastLines = 100;
const noLog: JobLog = { lines: [], count: 0 };

const rawPrefix = "raw:";

/** What a job of an id may be called in the broker, the likelier first. `raw:` tells a raw producer's job from ours of the same id. */
const keysOf = (id: string): string[] => [
  toBrokerId(id),
  id,
  ...(id.startsWith(rawPrefix) ? [id.slice(rawPrefix.length)] : []),
];

/** Which of the queues hold a job of this id, ours or else a raw producer's: one in each. One round trip. */
export async function findJob(
  broker: Broker,
  id: string,
  queues: readonly string[],
): Promise<{ queue: string; key: string }[]> {
  const places = queues.flatMap((queue) => keysOf(id).map((key) => ({ queue, key })));
  const pipeline = broker[redisOf].pipeline();
  for (const { queue, key } of places) pipeline.hexists(`${broker.prefix}:${queue}:${key}`, "timestamp");
  const found = (await told(broker, () => pipeline.exec())) ?? [];
  for (const [error] of found) if (error && !isNoHash(error)) throw brokerError(error, broker.address);
  const there = places.filter((_place, index) => found[index]?.[1] === 1);
  return there.filter(({ queue }, index) => there.findIndex((other) => other.queue === queue) === index);
}

/** An id may be the name of a key that is BullMQ's own, or another program's. */
const isNoHash = ({ message }: Error) => message.startsWith("WRONGTYPE");

/** `withLog`: whether the last lines of its log are read too. */
export async function readJob(
  broker: Broker,
  queueName: string,
  key: string,
  withLog = true,
): Promise<JobRecord | undefined> {
  const queue = await queueOf(broker, queueName);
  const hash = `${broker.prefix}:${queueName}:${key}`;
  const [job, state, log, [attempts, cancelled], due] = await told(broker, () =>
    Promise.all([
      readOrSay(queue, key),
      readState(broker, queueName, key),
      withLog ? readJobLog(broker, queueName, key, lastLines) : noLog,
      broker[redisOf].hmget(hash, attemptsField, cancelledField),
      broker[redisOf].zscore(`${broker.prefix}:${queueName}:delayed`, key),
    ]),
  );
  if (!job) return undefined;
  if (Number.isNaN(new Date(job.timestamp).getTime())) throw unreadable(queueName, key, "its timestamp is no time");
  return {
    id: fromBrokerId(key),
    job: job.name,
    queue: queueName,
    state,
    args: job.data,
    meta: metaOf(job),
    attemptsMade: job.attemptsMade,
    attempts: Number(attempts ?? job.opts.attempts) || undefined,
    interruptions: job.stalledCounter ?? 0,
    progress: job.progress === 0 ? null : job.progress,
    result: job.returnvalue ?? null,
    failedReason: job.failedReason,
    stack: job.stacktrace?.at(-1),
    cancelled: state === "failed" ? readCancellation(cancelled, job.failedReason) : undefined,
    enqueuedAtMs: job.timestamp,
    delayMs: job.delay,
    dueAtMs: due === null ? undefined : Math.floor(Number(due) / 4_096), // BullMQ's score has a counter in its last bits
    startedAtMs: job.processedOn,
    finishedAtMs: job.finishedOn,
    worker: job.processedBy && fromWorkerName(job.processedBy),
    schedule: scheduledRunOf(job)?.schedule,
    logs: log.lines,
    logCount: log.count,
  };
}

async function readOrSay(queue: Queue, key: string): Promise<Job | undefined> {
  try {
    return await queue.getJob(key);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw unreadable(queue.name, key, error.message);
  }
}

function unreadable(queue: string, key: string, why: string): TaskqError {
  return new TaskqError(
    "JOB_UNREADABLE",
    `the record of the job "${fromBrokerId(key)}" in ${queue} is broken: ${why}`,
    {
      hint: "Remove it with `taskq job remove`.",
    },
  );
}

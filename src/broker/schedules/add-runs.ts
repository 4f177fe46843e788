import { createHash } from "node:crypto";
import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { toBrokerId } from "../job-id.ts";
import { queueOf } from "../queues.ts";
import { storeKeys } from "../store/keys.ts";
import { rememberQueue } from "../store/queue-names.ts";
import type { ScheduleRules, StoredSchedule } from "./schedulers.ts";

/** A schedule of which runs are to be made: what it enqueues, and by which rules they meet others. */
export type RunSource = Pick<StoredSchedule, "queue" | "name" | "job" | "args"> & ScheduleRules;

/** What a run of ours has in its job's `opts`, so that whoever runs it knows whose it is. */
export interface RunMark extends Partial<Omit<ScheduleRules, "priority">> {
  readonly schedule: string;
  /** The tick; absent in a run that somebody asked for. */
  readonly tick?: number;
}

/**
 * Enqueues runs for ticks whose own job will not come. One tick has one id, so that it is one run whoever adds it; but after a
 * pause, of which `resumedMs` is the end, its job may have been there and held up.
 */
export async function addRuns(
  broker: Broker,
  source: RunSource,
  ticks: readonly number[],
  resumedMs?: number,
): Promise<string[]> {
  const ids = ticks.map((tick) => runId(source.name, tick) + (resumedMs === undefined ? "" : `-${resumedMs}`));
  if (source.overlap !== "allow" && ticks.length > 0) {
    // In line before they are there, so that none overtakes one of an earlier tick.
    const line = ticks.flatMap((tick, at) => [tick, `${source.queue}:${toBrokerId(ids[at]!)}`]);
    const key = storeKeys(broker.prefix).scheduleWaiting(source.queue, source.name);
    await told(broker, () => broker[redisOf].zadd(key, ...line));
  }
  await add(
    broker,
    source,
    ticks.map((tick, at) => ({ id: ids[at]!, tick })),
  );
  return ids;
}

/** Enqueues a run now, for no tick. */
export async function addManualRun(broker: Broker, source: RunSource, id: string): Promise<void> {
  await add(broker, source, [{ id }]);
}

async function add(broker: Broker, source: RunSource, runs: readonly { id: string; tick?: number }[]): Promise<void> {
  const { queue: queueName, name: schedule, job, args, overlap, catchUp, catchUpWindowMs, priority } = source;
  if (runs.length === 0) return;
  const queue = await queueOf(broker, queueName);
  await rememberQueue(broker, queueName);
  const entries = runs.map(({ id, tick }) => {
    const taskq: RunMark = {
      schedule,
      ...(tick !== undefined && { tick }),
      overlap,
      catchUp,
      ...(catchUpWindowMs !== undefined && { catchUpWindowMs }),
    };
    return { name: job, data: args, opts: { jobId: toBrokerId(id), taskq, ...(priority > 0 && { priority }) } };
  });
  await told(broker, () => queue.addBulk(entries));
}

/** A schedule may have any name, an id may not. */
function runId(name: string, tick: number): string {
  const fits = /^[\w.-]{1,90}$/.test(name) ? name : createHash("sha256").update(name).digest("hex").slice(0, 24);
  return `tick-${fits}-${tick}`;
}

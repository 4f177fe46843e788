import type { Broker } from "../broker/broker.ts";
import { told } from "../broker/broker-error.ts";
import { TaskqError } from "../errors.ts";
import { showJob } from "../inspect/job.ts";
import { listJobHeads } from "../inspect/job-heads.ts";
import { readQueueStats } from "../inspect/queue-stats.ts";
import { listWorkers } from "../inspect/workers.ts";
import { readScheduleHistory } from "../schedule/history.ts";
import { listSchedules } from "../schedule/list.ts";
import type { Reading } from "./receive.ts";
import { type ListName, listOf, type Opened, type Row, type ScreenState } from "./state.ts";
import { toRow } from "./to-row.ts";

export interface ReadTools {
  readonly broker: Broker;
  /** Globs of the queues that are shown; none: all. */
  readonly patterns: readonly string[];
  /** Keys of args, progress and results that are hidden. */
  readonly redact: readonly string[];
}

const mostJobs = 200;
const mostHistory = 50;

/** Reads what the screen shows now, all at once: of what is not looked at only the counts. */
export async function readScreen(tools: ReadTools, state: ScreenState): Promise<Reading> {
  const { broker, patterns } = tools;
  const name = listOf(state);
  return told(broker, async () => {
    const stats = readQueueStats(broker, patterns);
    // Which queues there are is known from the time before.
    const known = state.rows.queues ?? (await stats).map(toRow.queue);
    const names = known.map(({ key }) => key);
    const [queues, workers, rows, opened] = await Promise.all([
      stats,
      listWorkers(broker, tools.redact),
      readList(tools, state, name, names),
      state.opened && readOpened(tools, state.opened),
    ]);
    const isShown = (queue: string) => patterns.length === 0 || names.includes(queue);
    return {
      queues: queues.map(toRow.queue),
      workers: workers.filter((worker) => worker.queues.some(({ queue }) => isShown(queue))).map(toRow.worker),
      list: rows && { name, rows },
      inQueue: state.inQueue,
      opened,
    };
  });
}

async function readList(
  { broker, patterns, redact }: ReadTools,
  { inQueue }: ScreenState,
  name: ListName,
  names: readonly string[],
): Promise<readonly Row[] | undefined> {
  switch (name) {
    case "queues":
    case "workers":
      return undefined; // read in any case
    case "jobs":
      return (await listJobHeads(broker, [inQueue!.queue], inQueue!.state, mostJobs, redact)).map(toRow.job);
    case "schedules": {
      const schedules = await listSchedules(broker, { redact });
      return schedules
        .filter(({ queue }) => patterns.length === 0 || names.includes(queue))
        .sort((a, b) => order(a.next, b.next) || order(a.name, b.name))
        .map(toRow.schedule);
    }
    default:
      return (await listJobHeads(broker, names, name, mostJobs, redact)).map(toRow.job);
  }
}

async function readOpened({ broker, redact }: ReadTools, { row }: Opened): Promise<Reading["opened"]> {
  const { key } = row;
  if (row.kind === "job") {
    const job = await orGone(showJob(broker, row.job.id, row.job.queue, redact));
    return { key, job, history: [] };
  }
  if (row.kind !== "schedule") return { key, job: undefined, history: [] };
  const { name, queue } = row.schedule;
  const history = await orGone(readScheduleHistory(broker, name, { queue, count: mostHistory }));
  return { key, job: undefined, history: history ?? [] };
}

/** null for what is no longer there, or cannot be read. */
async function orGone<Value>(asked: Promise<Value>): Promise<Value | null> {
  try {
    return await asked;
  } catch (error) {
    const isGone = error instanceof TaskqError && /^(?:JOB|SCHEDULE)_(?:NOT_FOUND|UNREADABLE)$/.test(error.code);
    if (!isGone) throw error;
    return null;
  }
}

/** What has no next run comes last. */
const order = (a: string | null, b: string | null) => {
  const [one, other] = [a ?? "~", b ?? "~"];
  return one < other ? -1 : one > other ? 1 : 0;
};

import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { fromBrokerId } from "../job-id.ts";
import { cancelledField, readCancellation } from "../store/cancel-record.ts";
import type { JobState } from "./job-state.ts";
import { rowsLua } from "./rows-lua.ts";

/** What can be told of a job without reading its args, its result and its stack. */
export interface JobRow {
  readonly queue: string;
  /** The job's id in the broker. */
  readonly key: string;
  readonly id: string;
  readonly job: string;
  readonly state: JobState;
  /** When it ended, or when it was enqueued where it has not. */
  readonly atMs: number;
  /** Whether its error holds the text that was looked for. */
  readonly hasError: boolean;
  /** Whether it failed because somebody cancelled it; false where nobody asked. */
  readonly isCancelled: boolean;
}

/** A job whose record cannot be read: it stands in a list, and that is all. */
export interface UnreadableJob {
  readonly queue: string;
  /** The job's id in the broker. */
  readonly key: string;
  readonly id: string;
  readonly state: JobState;
  readonly reason: string;
}

export interface JobRows {
  readonly rows: readonly JobRow[];
  readonly unreadable: readonly UnreadableJob[];
}

export interface RowOptions {
  /** Looked for in each job's error. */
  readonly errorText?: string | undefined;
  /** Whether the rows of failed jobs tell which were cancelled. Default false. */
  readonly tellCancelled?: boolean | undefined;
  /** The jobs that were given before, of other states too: they are not given again. */
  readonly given?: Set<string>;
}

const listed: readonly string[] = ["waiting", "active"];
// `paused` is where older versions of BullMQ keep the jobs of a queue that is paused.
const keysOf = (state: JobState) => (state === "waiting" ? ["wait", "paused"] : [state]);
const idsAtOnce = 5_000;
const rowsAtOnce = 500;

const read = rowsLua(idsAtOnce);

/**
 * The jobs of one state, in batches: the latest to end first, of what waits the latest to come first. Delayed and prioritized
 * jobs come in no order of time. The list moves while it is read: a job is given once.
 */
export async function* readJobRows(
  broker: Broker,
  queue: string,
  state: JobState,
  { errorText = "", tellCancelled = false, given = new Set<string>() }: RowOptions = {},
): AsyncGenerator<JobRows> {
  for (const name of keysOf(state)) {
    const line = `${broker.prefix}:${queue}:${name}`;
    for (let from = 0; ; from += idsAtOnce) {
      const ids = await readIds(broker, line, state, from);
      const fresh = ids.filter((id) => !given.has(id) && !id.startsWith("0:")); // a marker of older versions
      for (const id of fresh) given.add(id);
      for (let at = 0; at < fresh.length; at += rowsAtOnce) {
        const place = { queue, state, line, errorText, from, tellCancelled };
        yield await readRows(broker, place, fresh.slice(at, at + rowsAtOnce));
      }
      if (ids.length < idsAtOnce) break;
    }
  }
}

function readIds(broker: Broker, line: string, state: JobState, from: number): Promise<string[]> {
  const to = from + idsAtOnce - 1;
  return told(broker, async () => {
    const redis = broker[redisOf];
    const ids = listed.includes(state) ? redis.lrange(line, from, to) : redis.zrevrange(line, from, to);
    return (await ids).map(String);
  });
}

interface Place {
  readonly queue: string;
  readonly state: JobState;
  readonly line: string;
  readonly errorText: string;
  /** Where in the line the ids stood, the first of them or one before it. */
  readonly from: number;
  readonly tellCancelled: boolean;
}

type FoundRow = [name: string, at: string, hasError: number, cancelled?: string, failedReason?: string | null];

async function readRows(broker: Broker, place: Place, ids: string[]): Promise<JobRows> {
  const { queue, state, line, errorText, from, tellCancelled } = place;
  const base = `${broker.prefix}:${queue}:`;
  const isList = listed.includes(state) ? "1" : "0";
  const mark = tellCancelled && state === "failed" ? cancelledField : ""; // a field that no record has
  const found = (await told(broker, () =>
    broker[redisOf].eval(read, 2, base, line, isList, toLower(errorText), from, mark, ...ids),
  )) as (0 | string | FoundRow)[];
  const mayHaveError = errorText === "" || state !== "completed"; // the error of an attempt before stays in the record
  const rows: JobRow[] = [];
  const unreadable: UnreadableJob[] = [];
  for (const [index, row] of found.entries()) {
    const key = ids[index]!;
    const id = fromBrokerId(key);
    if (typeof row === "string") unreadable.push({ queue, key, id, state, reason: row });
    else if (row !== 0) {
      const [job, at, hasError, cancelled, failedReason] = row;
      const isCancelled = readCancellation(cancelled, failedReason) !== undefined;
      rows.push({
        queue,
        key,
        id,
        job,
        state,
        atMs: Number(at),
        hasError: mayHaveError && hasError === 1,
        isCancelled,
      });
    }
  }
  return { rows, unreadable };
}

/** As Lua does it: no letter but those of ASCII has two cases there. */
const toLower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { fromBrokerId } from "../job-id.ts";
import type { JobState } from "./job-state.ts";

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
  /** The jobs that were given before, of other states too: they are not given again. */
  readonly given?: Set<string>;
}

const listed: readonly string[] = ["waiting", "active"];
// `paused` is where older versions of BullMQ keep the jobs of a queue that is paused.
const keysOf = (state: JobState) => (state === "waiting" ? ["wait", "paused"] : [state]);
const idsAtOnce = 5_000;
const rowsAtOnce = 500;

// A job may have left between the two reads: only one that still stands in its list is unreadable. A list is looked at about
// where the ids were, once for all of them: a search for each would hold the broker up.
const read = `
local q, line, isList, text, from, found = KEYS[1], KEYS[2], ARGV[1] == '1', ARGV[2], tonumber(ARGV[3]), {}
local around
local function stands(id)
  if not isList then return redis.call('ZSCORE', line, id) end
  if not around then
    around = {}
    for _, each in ipairs(redis.call('LRANGE', line, math.max(0, from - ${idsAtOnce}), from + ${2 * idsAtOnce})) do around[each] = true end
  end
  return around[id]
end
for i = 4, #ARGV do
  local id = ARGV[i]
  local job = redis.pcall('HMGET', q .. id, 'name', 'timestamp', 'finishedOn', text ~= '' and 'failedReason' or 'name')
  local row = 0
  if job.err then row = 'under its key stands no job'
  elseif not job[1] or not tonumber(job[3] or job[2]) then
    if stands(id) then row = job[1] and 'its record is incomplete' or 'its record is gone' end
  else
    local hasError = text == '' or string.find(string.lower(job[4] or ''), text, 1, true)
    row = { job[1], job[3] or job[2], hasError and 1 or 0 }
  end
  found[#found + 1] = row
end
return found`;

/**
 * The jobs of one state, in batches: the latest to end first, of what waits the latest to come first. Delayed and prioritized
 * jobs come in no order of time. The list moves while it is read: a job is given once.
 */
export async function* readJobRows(
  broker: Broker,
  queue: string,
  state: JobState,
  { errorText = "", given = new Set<string>() }: RowOptions = {},
): AsyncGenerator<JobRows> {
  for (const name of keysOf(state)) {
    const line = `${broker.prefix}:${queue}:${name}`;
    for (let from = 0; ; from += idsAtOnce) {
      const ids = await readIds(broker, line, state, from);
      const fresh = ids.filter((id) => !given.has(id) && !id.startsWith("0:")); // a marker of older versions
      for (const id of fresh) given.add(id);
      for (let at = 0; at < fresh.length; at += rowsAtOnce) {
        yield await readRows(broker, { queue, state, line, errorText, from }, fresh.slice(at, at + rowsAtOnce));
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
}

async function readRows(broker: Broker, place: Place, ids: string[]): Promise<JobRows> {
  const { queue, state, line, errorText, from } = place;
  const base = `${broker.prefix}:${queue}:`;
  const isList = listed.includes(state) ? "1" : "0";
  const found = (await told(broker, () =>
    broker[redisOf].eval(read, 2, base, line, isList, toLower(errorText), from, ...ids),
  )) as (0 | string | [name: string, at: string, hasError: number])[];
  const mayHaveError = errorText === "" || state !== "completed"; // the error of an attempt before stays in the record
  const rows: JobRow[] = [];
  const unreadable: UnreadableJob[] = [];
  for (const [index, row] of found.entries()) {
    const key = ids[index]!;
    const id = fromBrokerId(key);
    if (typeof row === "string") unreadable.push({ queue, key, id, state, reason: row });
    else if (row !== 0) {
      const [job, at, hasError] = row;
      rows.push({ queue, key, id, job, state, atMs: Number(at), hasError: mayHaveError && hasError === 1 });
    }
  }
  return { rows, unreadable };
}

/** As Lua does it: no letter but those of ASCII has two cases there. */
const toLower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

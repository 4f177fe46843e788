import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { fromBrokerId } from "../job-id.ts";
import { attemptsField } from "../worker/delivery-moves.ts";
import { fromWorkerName } from "../worker/worker-name.ts";
import type { JobState } from "./job-state.ts";

/** What a list shows of a job: no args, no result, no stack, and of a long error its beginning. */
export interface JobHead {
  readonly queue: string;
  readonly id: string;
  readonly job: string;
  readonly enqueuedAtMs: number;
  readonly startedAtMs: number | undefined;
  readonly finishedAtMs: number | undefined;
  /** Of a delayed job: when it may run. */
  readonly dueAtMs: number | undefined;
  readonly attemptsMade: number;
  readonly attempts: number | undefined;
  /** As JSON; undefined where there is none, or it is long. */
  readonly progressJson: string | undefined;
  readonly error: string | undefined;
  readonly worker: string | undefined;
}

// The first `most` of each queue are put in one order, by what the state is ordered by, and only those that are left are read.
// A job that is read between two of its states has no name, and one whose record cannot be read no time: they are passed over.
const read = `
local prefix, state, most = ARGV[1], ARGV[2], tonumber(ARGV[3])
local places, isLatestFirst = {}, state == 'failed' or state == 'completed'
local function addLine(q, line)
  local ids = redis.call('LRANGE', q .. line, -most, -1)
  for i = #ids, 1, -1 do places[#places + 1] = { q, ids[i], #ids - i } end
end
local function addSet(q, set)
  local ids = redis.call(isLatestFirst and 'ZREVRANGE' or 'ZRANGE', q .. set, 0, most - 1, 'WITHSCORES')
  for i = 1, #ids, 2 do places[#places + 1] = { q, ids[i], tonumber(ids[i + 1]) * (isLatestFirst and -1 or 1) } end
end
local names = {}
for i = 4, #ARGV do
  local q = prefix .. ':' .. ARGV[i] .. ':'
  names[q] = ARGV[i]
  if state == 'waiting' then addLine(q, 'wait') addLine(q, 'paused')
  elseif state == 'active' then addLine(q, 'active')
  else addSet(q, state) end
end
table.sort(places, function(a, b)
  if a[3] ~= b[3] then return a[3] < b[3] end
  return a[1] .. a[2] < b[1] .. b[2]
end)
local rows = {}
for i = 1, math.min(most, #places) do
  local q, id, score = unpack(places[i])
  local job = redis.pcall('HMGET', q .. id, 'name', 'timestamp', 'processedOn', 'finishedOn', 'atm', '${attemptsField}',
    'progress', 'failedReason', 'pb')
  if not job.err and job[1] and tonumber(job[2]) then
    local progress = job[7] and #job[7] <= 200 and job[7] or ''
    rows[#rows + 1] = { names[q], id, string.format('%.0f', score), job[1], job[2] or '', job[3] or '', job[4] or '', job[5] or '',
      job[6] or '', progress, string.sub(job[8] or '', 1, 400), job[9] or '' }
  end
end
return rows`;

/** The first jobs of a state in all of the queues together, in one round trip: the next to run, the latest to end, the longest to run. */
export async function readJobHeads(
  broker: Broker,
  queues: readonly string[],
  state: JobState,
  most: number,
): Promise<JobHead[]> {
  if (queues.length === 0) return [];
  const said = [broker.prefix, state, most, ...queues];
  const rows = (await told(broker, () => broker[redisOf].eval(read, 0, ...said))) as string[][];
  const heads = rows.map((row) => toHead(row.map(String), state));
  return state === "active" ? heads.sort((a, b) => (a.startedAtMs ?? 0) - (b.startedAtMs ?? 0)) : heads;
}

function toHead(row: readonly string[], state: JobState): JobHead {
  const [queue, key, score, job, timestamp, started, finished, made, attempts, progress, error, worker] = row;
  return {
    queue: queue!,
    id: fromBrokerId(key!),
    job: job!,
    enqueuedAtMs: Number(timestamp),
    startedAtMs: toNumber(started),
    finishedAtMs: toNumber(finished),
    dueAtMs: state === "delayed" ? Math.floor(Number(score) / 4_096) : undefined, // the last bits are a counter of BullMQ's
    attemptsMade: Number(made || 0),
    attempts: toNumber(attempts),
    progressJson: progress === "0" ? undefined : progress || undefined, // BullMQ's progress is 0 until the handler says something
    error: error || undefined,
    worker: worker ? fromWorkerName(worker) : undefined,
  };
}

const toNumber = (text: string | undefined) => (text && Number.isFinite(Number(text)) ? Number(text) : undefined);

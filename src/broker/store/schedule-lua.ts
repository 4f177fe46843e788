import { storeKeys } from "./keys.ts";
import type { SchedulePlace } from "./schedule-place.ts";

/** How many entries of a schedule's history are kept. */
const keptEntries = 200;
/** How many of its latest ticks are remembered, so that none is begun twice. */
const keptTicks = 1_000;
const longestResult = 1_000;
const longestError = 500;

/** The keys that each of a schedule's scripts takes. */
export function scheduleKeys(prefix: string, { queue, name }: SchedulePlace): [string, string, string, string] {
  const keys = storeKeys(prefix);
  return [
    keys.schedule(queue, name),
    keys.scheduleHistory(queue, name),
    keys.scheduleTicks(queue, name),
    keys.scheduleWaiting(queue, name),
  ];
}

/**
 * What the scripts of a schedule share. A run is named by queue and id, which is also the end of its job's key. Whoever had a
 * run's end to tell may have died before it did: `settle` reads it from the job. Times are the broker's.
 */
export const scheduleLua = `
local record, history, ticks, waiting = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local prefix = ARGV[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function get(field) return redis.call('HGET', record, field) end
local function jobKey(run) return prefix .. ':' .. run end
local function idOf(run)
  local id = string.match(run, '^[^:]*:(.*)$') or run
  return string.sub(id, 1, 2) == 't-' and string.sub(id, 3) or id
end
local function isLive(run)
  return run and redis.call('EXISTS', jobKey(run)) == 1 and redis.call('HEXISTS', jobKey(run), 'finishedOn') == 0
end

-- What is written beside a record lives as long as it does: that of a schedule that is gone has a time to live.
local function liveAlike(key)
  local life = redis.call('PTTL', record)
  if life > 0 then redis.call('PEXPIRE', key, life) end
end

-- Like entries in a row, those with a count, are one.
local function note(entry)
  entry.at = now
  local newest = entry.count and redis.call('LINDEX', history, 0)
  local last = newest and cjson.decode(newest)
  if last and last.count and last.kind == entry.kind and last.reason == entry.reason then
    last.count, last.at = last.count + entry.count, now
    last.last = entry.last or entry.tick
    redis.call('LTRIM', history, 1, -1)
    entry = last
  end
  redis.call('LPUSH', history, cjson.encode(entry))
  redis.call('LTRIM', history, 0, ${keptEntries - 1})
  liveAlike(history)
end

-- The state is 'begun', 'done', 'passed' or 'held': the last two are counted, as skipped or missed, but may be caught up after
-- a pause: 'passed' if it is of that pause, 'held' in any case.
local function mark(tick, state, run)
  redis.call('ZREMRANGEBYSCORE', ticks, tick, tick)
  redis.call('ZADD', ticks, tick, state .. ' ' .. run)
  redis.call('ZREMRANGEBYRANK', ticks, 0, -${keptTicks + 1})
  liveAlike(ticks)
end

-- Who had the end to tell and who found it may both come.
local function isRecorded(run, tick)
  local finished, recorded = unpack(redis.call('HMGET', jobKey(run), 'finishedOn', 'taskq:ended'))
  if not finished then return tick ~= '' and redis.call('ZSCORE', ticks, 'done ' .. run) end
  if recorded ~= finished then redis.call('HSET', jobKey(run), 'taskq:ended', finished) end
  return recorded == finished
end

local function ended(run, tick, outcome, at, ms, result, reason)
  if isRecorded(run, tick) then return end
  result = outcome == 'completed' and #result <= ${longestResult} and result or ''
  reason = outcome == 'failed' and string.sub(reason, 1, ${longestError}) or ''
  redis.call('HSET', record, 'ended', run, 'last.at', at, 'last.tick', tick, 'last.outcome', outcome, 'last.ms', ms,
    'last.id', idOf(run), 'last.result', result, 'last.error', reason)
  redis.call('HINCRBY', record, 'runs', 1)
  if outcome == 'failed' then redis.call('HINCRBY', record, 'failed', 1) end
  if tick ~= '' then mark(tick, 'done', run) end
  note({ kind = outcome, tick = tonumber(tick), id = idOf(run), ms = tonumber(ms), reason = reason ~= '' and reason or nil })
end

local function settle()
  local run = get('run')
  if not run or run == get('ended') then return end
  local result, failed, started, finished = unpack(redis.call('HMGET', jobKey(run), 'returnvalue', 'failedReason', 'processedOn', 'finishedOn'))
  if not finished then return end
  local queue, id = string.match(run, '^([^:]*):(.*)$')
  local outcome = redis.call('ZSCORE', prefix .. ':' .. queue .. ':failed', id) and 'failed' or 'completed'
  ended(run, get('run.tick') or '', outcome, started or finished, finished - (started or finished), result or '', failed or '')
end
`;

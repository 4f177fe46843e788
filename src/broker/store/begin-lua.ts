import { lateMs } from "../../cron/most-late.ts";
import { scheduleLua } from "./schedule-lua.ts";

// A pointer without lease or release: the run it names counts as long as its job exists and has not finished, so a crash frees
// nothing too early. A run that begins again, for its process died or an attempt failed, is the same run.
/** Decides, in one step, what becomes of a run that is about to begin. Its words are those of `Begun`. */
export const beginLua = `${scheduleLua}
local run, tick, kind, overlap, queue, name, unique, longest, expected, last = unpack(ARGV, 2)
local at = tonumber(tick)
local job = jobKey(run)

local function answer(verdict, by)
  local from, to, due = '', '', ''
  local bound = kind == 'tick' and tonumber(redis.call('ZSCORE', prefix .. ':' .. queue .. ':repeat', name))
  if not bound then return { verdict, by and idOf(by) or '', from, to, due } end
  -- Whoever was about to remove it died over that, and it is declared again.
  if redis.call('PTTL', record) > 0 then for _, key in ipairs(KEYS) do redis.call('PERSIST', key) end end
  if bound > at and bound <= now then due = bound end
  -- Ticks of a plan that has been replaced are accounted for.
  if at >= tonumber(get('planFrom') or 0) then
    local upTo = tonumber(get('upTo') or tick)
    if bound > at and bound > upTo then
      if upTo == at and expected ~= '' and tonumber(expected) >= bound then
        redis.call('HSET', record, 'upTo', bound)
      else
        from, to = upTo, bound
      end
    elseif bound == at and last ~= '' and upTo <= tonumber(last) then
      from, to = upTo, last + 1
    end
  end
  return { verdict, by and idOf(by) or '', from, to, due }
end

-- Once a job, however often it is tried. A run of ours that a pause holds up is the business of whoever ends that.
local function pass(verdict, what, reason, by)
  if redis.call('HSETNX', job, 'taskq:passed', verdict) == 1 then
    redis.call('HINCRBY', record, what, 1)
    mark(tick, kind == 'tick' and 'passed' or 'held', run)
    note({ kind = what, count = 1, tick = at, reason = reason })
  end
  return answer(verdict, by)
end

local function skip(by, reason) return pass('skipped', 'skipped', idOf(by) .. reason, by) end

local function wait(by)
  if kind == 'tick' then
    local waiter = get('waiter')
    if waiter ~= run and isLive(waiter) then return skip(waiter, ' waits already') end
    redis.call('HSET', record, 'waiter', run)
  end
  redis.call('ZADD', waiting, 'NX', at or now, run)
  return answer('wait', by)
end

-- It was removed since it was taken: a note would make its record anew, and hold up all later ticks as a run that never ends.
if redis.call('EXISTS', job) == 0 then return { 'gone', '', '', '', '' } end

settle()
-- Of pauses that are over.
local isResting = false
for _, rest in ipairs(kind == 'tick' and cjson.decode(get('rests') or '[]') or {}) do
  isResting = isResting or (at >= rest[1] and at < rest[2])
end
local isAgain = false
local seen = at and redis.call('ZRANGEBYSCORE', ticks, at, at)[1]
local state, other = string.match(seen or '', '^(%S+) (.*)$')
if state == 'begun' or state == 'done' then
  isAgain = other == run and (state == 'begun' or redis.call('HEXISTS', job, 'taskq:tick') == 1)
  if not isAgain then return answer(isResting and 'rested' or 'duplicate', other) end
end

-- What is recorded stands, also where the worker died before it could end the job.
local passed = redis.call('HGET', job, 'taskq:passed')
if passed then return answer(passed, get('run')) end

if isResting and not isAgain then return answer('rested') end
if kind ~= 'manual' and not isAgain and get('paused.at') then return pass('paused', 'missed', 'paused') end
if kind == 'tick' and not isAgain then
  if longest ~= '' and now - at > tonumber(longest) and not redis.call('ZSCORE', waiting, run) then return pass('late', 'missed', 'too late to be caught up') end
end

if overlap ~= 'allow' then
  local holder = get('run')
  if holder ~= run and isLive(holder) then
    if kind == 'tick' and overlap == 'skip' then return skip(holder, ' is not done') end
    return wait(holder)
  end
  -- Those that wait go in the order of their ticks.
  if kind ~= 'tick' or overlap == 'queue' then
    for _, other in ipairs(redis.call('ZRANGEBYSCORE', waiting, '-inf', at or now)) do
      if other == run then break end
      if isLive(other) then return wait(other) end
      redis.call('ZREM', waiting, other)
    end
  end
end

if unique ~= '' then
  local id = string.match(run, '^[^:]*:(.*)$')
  local key = prefix .. ':' .. queue .. ':de:' .. unique
  local other = redis.call('GET', key)
  if other and other ~= id and isLive(queue .. ':' .. other) then
    other = queue .. ':' .. other
    if kind == 'tick' then return skip(other, ' has the same unique key') end
    return wait(other)
  end
  redis.call('SET', key, id)
  redis.call('HSET', job, 'deid', unique)
end

if get('ended') == run then redis.call('HDEL', record, 'ended') end
if get('waiter') == run then redis.call('HDEL', record, 'waiter') end
redis.call('ZREM', waiting, run)
redis.call('HSET', record, 'run', run, 'run.tick', tick)
redis.call('HSET', job, 'taskq:tick', '1')
if at then mark(tick, 'begun', run) end
if kind == 'tick' and not isAgain and now - at > ${lateMs} then note({ kind = 'caught-up', tick = at, id = idOf(run) }) end
return answer('run')`;

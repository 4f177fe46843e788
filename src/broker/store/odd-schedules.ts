import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";

/** A schedule with which something is not as it should be. */
export interface OddSchedule {
  readonly queue: string;
  readonly name: string;
  readonly nextMs: number;
  /**
   * `delayed`: its tick has come, by the broker's clock, and its job still waits for that. `gone`: the same, and there is no job.
   * `ahead`: a tick that is still to come has been begun already.
   */
  readonly what: "delayed" | "gone" | "ahead";
}

// A worker lets due jobs go by its own clock; this is for when that one is slow, or went back.
const odd = `
local prefix, late, gone, ahead, withAhead = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local found = {}
local function add(queue, name, next, what)
  for _, each in ipairs({ queue, name, next, what }) do found[#found + 1] = each end
end
-- After the last tick before an end there is no next job. It may be that only the end is near: that is looked at, but not each time.
local function isOver(keys, name)
  local ends = redis.call('HGET', keys .. 'repeat:' .. name, 'endDate')
  return ends and (tonumber(ends) < now or withAhead ~= '1')
end
for i = 6, #ARGV do
  local queue = ARGV[i]
  local keys = prefix .. ':' .. queue .. ':'
  local due = redis.call('ZRANGEBYSCORE', keys .. 'repeat', '-inf', now - late, 'WITHSCORES')
  for at = 1, #due, 2 do
    local name, next = due[at], due[at + 1]
    local id = 'repeat:' .. name .. ':' .. next
    if redis.call('ZSCORE', keys .. 'delayed', id) then
      add(queue, name, next, 'delayed')
    elseif now - next > gone and not isOver(keys, name) and (redis.call('EXISTS', keys .. id) == 0 or redis.call('HEXISTS', keys .. id, 'finishedOn') == 1) then
      add(queue, name, next, 'gone')
    end
  end
  if withAhead == '1' then
    local all = redis.call('ZRANGE', keys .. 'repeat', 0, -1, 'WITHSCORES')
    for at = 1, #all, 2 do
      local ticks = prefix .. ':taskq:ticks:' .. queue .. ':' .. all[at]
      if #redis.call('ZRANGEBYSCORE', ticks, now + ahead, '+inf', 'LIMIT', 0, 1) > 0 then add(queue, all[at], all[at + 1], 'ahead') end
    end
  end
end
return found`;

const lateMs = 1_000;
const goneMs = 10_000;
const aheadMs = 2_000;

/** Looks for schedules of some queues that need help; one round trip. */
export async function readOddSchedules(
  broker: Broker,
  queues: readonly string[],
  { withAhead }: { readonly withAhead: boolean },
): Promise<OddSchedule[]> {
  const said = [broker.prefix, lateMs, goneMs, aheadMs, withAhead ? "1" : "0"];
  const flat = (await told(broker, () =>
    broker[redisOf].eval(odd, 1, storeKeys(broker.prefix).queues, ...said, ...queues),
  )) as string[];
  return Array.from({ length: flat.length / 4 }, (_none, at) => {
    const [queue, name, next, what] = flat.slice(at * 4) as [string, string, string, OddSchedule["what"]];
    return { queue, name, nextMs: Number(next), what };
  });
}

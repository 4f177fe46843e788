import { type Broker, redisOf } from "../broker.ts";
import { untilAccepted } from "../refusal.ts";
import { scheduleKeys, scheduleLua } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-record.ts";

// A tick whose own job waits or runs somewhere is not open, nor is one that was passed over; and never one that was begun.
const open = `${scheduleLua}
local queue, name, withOwn = ARGV[2], ARGV[3], ARGV[4]
local found = {}
for i = 5, #ARGV do
  local tick = ARGV[i]
  local state = string.match(redis.call('ZRANGEBYSCORE', ticks, tick, tick)[1] or '', '^%S+')
  local isOpen = not state or (state == 'passed' and withOwn == '1')
  if isOpen and (withOwn == '1' or not isLive(queue .. ':repeat:' .. name .. ':' .. tick)) then
    found[#found + 1] = tick
  end
end
return found`;

/** Those of the ticks for which there is no run. */
export async function readOpenTicks(
  broker: Broker,
  place: SchedulePlace,
  ticks: readonly number[],
  {
    withOwn = false,
  }: { /** Also those whose own job waits, or has been passed over. */ readonly withOwn?: boolean } = {},
): Promise<readonly number[]> {
  if (ticks.length === 0) return [];
  const { queue, name } = place;
  const keys = scheduleKeys(broker.prefix, place);
  const said = [broker.prefix, queue, name, withOwn ? "1" : "0"];
  const found = await untilAccepted(() => broker[redisOf].eval(open, 4, ...keys, ...said, ...ticks));
  return (found as string[]).map(Number);
}

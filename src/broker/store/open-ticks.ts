import { type Broker, redisOf } from "../broker.ts";
import { untilAccepted } from "../refusal.ts";
import { scheduleKeys, scheduleLua } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";

// A tick whose own job waits or runs somewhere is not open, nor is one that was passed over; and never one that was begun.
const open = `${scheduleLua}
local queue, name, withOwn, withPassed = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local found = {}
for i = 6, #ARGV do
  local tick = ARGV[i]
  local state = string.match(redis.call('ZRANGEBYSCORE', ticks, tick, tick)[1] or '', '^%S+')
  local isOpen = not state or (state == 'passed' and withPassed == '1')
  if isOpen and (withOwn == '1' or not isLive(queue .. ':repeat:' .. name .. ':' .. tick)) then
    found[#found + 1] = tick
  end
end
return found`;

export interface OpenTickOptions {
  /** Also those whose own job waits. */
  readonly withOwn?: boolean;
  /** Also those that were passed over. */
  readonly withPassed?: boolean;
}

/** Those of the ticks for which there is no run. */
export async function readOpenTicks(
  broker: Broker,
  place: SchedulePlace,
  ticks: readonly number[],
  { withOwn = false, withPassed = false }: OpenTickOptions = {},
): Promise<readonly number[]> {
  if (ticks.length === 0) return [];
  const { queue, name } = place;
  const keys = scheduleKeys(broker.prefix, place);
  const said = [broker.prefix, queue, name, withOwn ? "1" : "0", withPassed ? "1" : "0"];
  const found = await untilAccepted(() => broker[redisOf].eval(open, 4, ...keys, ...said, ...ticks));
  return (found as string[]).map(Number);
}

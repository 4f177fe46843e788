import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { scheduleKeys, scheduleLua } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";
import type { Pause } from "./schedule-record.ts";

/** Who wants it, and why. */
export interface SaidBy {
  readonly by: string;
  readonly reason: string | null;
}

const pause = `${scheduleLua}
local by, reason = ARGV[2], ARGV[3]
if not get('paused.at') then
  redis.call('HSET', record, 'paused.at', now, 'paused.by', by, 'paused.reason', reason)
  note({ kind = 'paused', reason = reason ~= '' and (by .. ': ' .. reason) or by })
  return { 1, now, by, reason }
end
return { 0, get('paused.at'), get('paused.by'), get('paused.reason') or '' }`;

// The ticks of the pause stay what they were, also those whose jobs no worker has seen yet.
const resume = `${scheduleLua}
local by, reason = ARGV[2], ARGV[3]
local at = get('paused.at')
if not at then return false end
local held = {}
local all = redis.call('ZRANGE', ticks, 0, -1, 'WITHSCORES')
for i = 1, #all, 2 do
  local run = string.match(all[i], '^held (.*)$')
  if run then
    held[#held + 1] = all[i + 1]
    mark(all[i + 1], 'passed', run)
  end
end
local answer = { now, at, get('paused.by'), get('paused.reason') or '', get('upTo') or '', held }
redis.call('HSET', record, 'rest.from', at, 'rest.to', now)
redis.call('HDEL', record, 'paused.at', 'paused.by', 'paused.reason')
note({ kind = 'resumed', reason = reason ~= '' and (by .. ': ' .. reason) or by })
return answer`;

/** Lets no tick of a schedule begin a run. Returns the pause that holds, and whether it is this one. */
export async function pauseStored(
  broker: Broker,
  place: SchedulePlace,
  { by, reason }: SaidBy,
): Promise<{ readonly changed: boolean; readonly pause: Pause }> {
  const [changed, atMs, who, why] = (await evaluate(broker, place, pause, by, reason)) as [
    number,
    number,
    string,
    string,
  ];
  return { changed: changed === 1, pause: { atMs: Number(atMs), by: who, reason: why || null } };
}

export interface Resumed {
  readonly pause: Pause;
  readonly atMs: number;
  /** Every tick before this one is accounted for. */
  readonly upToMs: number | undefined;
  /** Ticks before the pause that were being caught up, and whose runs met it: recorded as missed. */
  readonly heldMs: readonly number[];
}

/** Ends a pause; undefined where there is none. */
export async function resumeStored(
  broker: Broker,
  place: SchedulePlace,
  { by, reason }: SaidBy,
): Promise<Resumed | undefined> {
  const answer = await evaluate(broker, place, resume, by, reason);
  if (answer === null) return undefined;
  const [atMs, since, who, why, upTo, held] = answer as [number, string, string, string, string, string[]];
  return {
    pause: { atMs: Number(since), by: who, reason: why || null },
    atMs: Number(atMs),
    upToMs: upTo === "" ? undefined : Number(upTo),
    heldMs: held.map(Number),
  };
}

function evaluate(broker: Broker, place: SchedulePlace, script: string, by: string, reason: string | null) {
  return told(broker, () =>
    broker[redisOf].eval(script, 4, ...scheduleKeys(broker.prefix, place), broker.prefix, by, reason ?? ""),
  );
}

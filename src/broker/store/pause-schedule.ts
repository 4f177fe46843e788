import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import type { TickSpan } from "./account.ts";
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

const look = `${scheduleLua}
local at = get('paused.at')
if not at then return false end
local held = {}
local all = redis.call('ZRANGE', ticks, 0, -1, 'WITHSCORES')
for i = 1, #all, 2 do
  if string.match(all[i], '^held ') then held[#held + 1] = all[i + 1] end
end
return { now, at, get('upTo') or '', get('missed') or '', held }`;

/** The job of a tick may come after several pauses. */
const keptPauses = 20;

// Whoever meets a tick of a paused schedule counts it as missed, or moves the accounts on. The ticks of the pause stay what they
// were, also those whose jobs no worker has seen yet.
const resume = `${scheduleLua}
local by, reason, from, to, upTo, missed = unpack(ARGV, 2, 7)
if get('paused.at') ~= from or (get('upTo') or '') ~= upTo or (get('missed') or '') ~= missed then return 0 end
local all = redis.call('ZRANGE', ticks, 0, -1, 'WITHSCORES')
for i = 1, #all, 2 do
  local run = string.match(all[i], '^held (.*)$')
  if run then mark(all[i + 1], 'passed', run) end
end
local rests = cjson.decode(get('rests') or '[]')
rests[#rests + 1] = { tonumber(from), tonumber(to) }
if #rests > ${keptPauses} then table.remove(rests, 1) end
redis.call('HSET', record, 'rests', cjson.encode(rests), 'upTo', ARGV[8])
redis.call('HDEL', record, 'paused.at', 'paused.by', 'paused.reason')
redis.call('HINCRBY', record, 'missed', ARGV[9])
note({ kind = 'resumed', reason = reason ~= '' and (by .. ': ' .. reason) or by })
for _, entry in ipairs(cjson.decode(ARGV[10])) do note(entry) end
return 1`;

/** Lets no tick of a schedule begin a run. Returns the pause that holds, and whether it is this one. */
export async function pauseStored(
  broker: Broker,
  place: SchedulePlace,
  { by, reason }: SaidBy,
): Promise<{ readonly changed: boolean; readonly pause: Pause }> {
  const [changed, atMs, who, why] = (await evaluate(broker, place, pause, by, reason ?? "")) as [
    number,
    number,
    string,
    string,
  ];
  return { changed: changed === 1, pause: { atMs: Number(atMs), by: who, reason: why || null } };
}

/** What a paused schedule is like at a moment. */
export interface PausedState {
  /** Since when it is paused. */
  readonly sinceMs: number;
  /** The moment, by the broker's clock. */
  readonly atMs: number;
  /** Every tick before this one is accounted for. */
  readonly upToMs: number | undefined;
  /** Ticks before the pause that were being caught up, and whose runs met it: recorded as missed. */
  readonly heldMs: readonly number[];
  /** What changes with each tick that somebody meets meanwhile. */
  readonly stamp: readonly [upTo: string, missed: string];
}

/** Undefined where it is not paused. */
export async function readPaused(broker: Broker, place: SchedulePlace): Promise<PausedState | undefined> {
  const answer = await evaluate(broker, place, look);
  if (answer === null) return undefined;
  const [atMs, since, upTo, missed, held] = answer as [number, string, string, string, string[]];
  return {
    sinceMs: Number(since),
    atMs,
    upToMs: upTo === "" ? undefined : Number(upTo),
    heldMs: held.map(Number),
    stamp: [upTo, missed],
  };
}

/** What becomes of the ticks that nobody has told of when a pause ends. */
export interface PauseAccount {
  /** The first tick that is not accounted for by this. */
  readonly toMs: number;
  /** Those without a run, also where they are caught up in a moment: until then it is so. */
  readonly missed: number;
  /** What the history says of those that stay without. */
  readonly told: readonly (TickSpan & { readonly reason: string })[];
}

/**
 * Ends a pause as of the moment when it was looked at, and accounts for its ticks in the same step: so none is told of by a
 * worker too. False where somebody met one since that moment, or ended the pause: nothing is written, look again.
 */
export async function resumeStored(
  broker: Broker,
  place: SchedulePlace,
  { by, reason }: SaidBy,
  { sinceMs, atMs, stamp }: PausedState,
  { toMs, missed, told: spans }: PauseAccount,
): Promise<boolean> {
  const entries = spans.map(({ count, firstMs: tick, lastMs: last, reason }) => ({
    kind: "missed",
    ...{ count, tick, last, reason },
  }));
  const said = [by, reason ?? "", sinceMs, atMs, ...stamp, toMs, missed, JSON.stringify(entries)];
  return (await evaluate(broker, place, resume, ...said)) === 1;
}

function evaluate(broker: Broker, place: SchedulePlace, script: string, ...said: (string | number)[]) {
  return told(broker, () =>
    broker[redisOf].eval(script, 4, ...scheduleKeys(broker.prefix, place), broker.prefix, ...said),
  );
}

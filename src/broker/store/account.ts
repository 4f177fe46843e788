import { type Broker, redisOf } from "../broker.ts";
import { untilAccepted } from "../refusal.ts";
import { scheduleKeys, scheduleLua } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";

/** Ticks in a row that came to the same end. */
export interface TickSpan {
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface Account extends SchedulePlace {
  /**
   * Where the accounts stood when the ticks were counted: where they moved on since, or the plan was replaced, somebody else
   * has written this.
   */
  readonly fromMs: number | undefined;
  /** Where they stand from now on. */
  readonly toMs: number;
  readonly missed: TickSpan | undefined;
  readonly reason: string;
  /** How many that were recorded as missed are caught up now. */
  readonly unmissed?: number;
  readonly caughtUp: TickSpan | undefined;
}

const account = `${scheduleLua}
local from, to, reason = ARGV[2], ARGV[3], ARGV[4]
local upTo = get('upTo')
if from ~= '' and tonumber(from) < tonumber(get('planFrom') or 0) then return to end
if from ~= '' and upTo and upTo ~= from then return upTo end
if not upTo or tonumber(upTo) < tonumber(to) then redis.call('HSET', record, 'upTo', to) end
local function span(at, kind, reason)
  local count, first, last = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  if count == 0 then return end
  note({ kind = kind, count = count, tick = first, last = last, reason = reason })
end
redis.call('HINCRBY', record, 'missed', ARGV[5] - ARGV[11])
span(5, 'missed', reason)
span(8, 'caught-up')
return false`;

/** Records what became of ticks, in one step, once. Where somebody else had done it: up to which tick, and nothing is written. */
export async function writeAccount(broker: Broker, said: Account): Promise<number | undefined> {
  const { fromMs = "", toMs, missed, reason, caughtUp, unmissed = 0 } = said;
  const spans = [missed, caughtUp].flatMap((span) => [span?.count ?? 0, span?.firstMs ?? 0, span?.lastMs ?? 0]);
  const args = [fromMs, toMs, reason, ...spans, unmissed];
  const standsAt = await untilAccepted(() =>
    broker[redisOf].eval(account, 4, ...scheduleKeys(broker.prefix, said), broker.prefix, ...args),
  );
  return standsAt === null ? undefined : Number(standsAt);
}

import { type Broker, redisOf } from "../broker.ts";
import { untilAccepted } from "../refusal.ts";
import { storeKeys } from "./keys.ts";

// A pointer without lease or release: the run it names counts as long as its job exists and has not finished, so a crash frees nothing too early.
const claim = `
local holder = redis.call('HGET', KEYS[1], 'run')
if holder and holder ~= ARGV[1] then
  local job = ARGV[2] .. holder
  if redis.call('EXISTS', job) == 1 and redis.call('HEXISTS', job, 'finishedOn') == 0 then
    redis.call('HINCRBY', KEYS[1], 'skipped', 1)
    return holder
  end
end
redis.call('HSET', KEYS[1], 'run', ARGV[1])
return false`;

export interface Tick {
  readonly schedule: string;
  readonly queue: string;
  /** The job's id in the broker. */
  readonly id: string;
}

/** Takes the schedule for this run; where an earlier run still holds it, its id, and the skip is counted. */
export async function claimTick(broker: Broker, { schedule, queue, id }: Tick): Promise<string | undefined> {
  const key = storeKeys(broker.prefix).schedule(schedule);
  const holder = await untilAccepted(() => broker[redisOf].eval(claim, 1, key, id, `${broker.prefix}:${queue}:`));
  return (holder as string | null) ?? undefined;
}

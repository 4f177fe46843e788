import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";
import { type LimitKind, limitField, limitFunctions, type Rate, toLimitText } from "./limits.ts";

/** Who did something to a queue, and when. */
export interface Operator {
  readonly by: string;
  readonly atMs: number;
}

// A worker that found its queue at the limit waits for a marker, and none is set while it is: so the marker comes with the change.
const wake = `
local function wake(q)
  if redis.call('HEXISTS', q .. 'meta', 'paused') == 1 then return end
  if redis.call('LLEN', q .. 'wait') > 0 or redis.call('ZCARD', q .. 'prioritized') > 0 then
    redis.call('ZADD', q .. 'marker', 0, '0')
  end
end`;

const set = `${limitFunctions}${wake}
local kind, field, value, record = unpack(ARGV)
write(KEYS[1] .. 'meta', KEYS[1] .. 'limiter', kind, value)
redis.call('HSET', KEYS[3], field, record)
wake(KEYS[1])`;

const reset = `${limitFunctions}${wake}
local kind, field = unpack(ARGV)
redis.call('HDEL', KEYS[3], field)
local mark = redis.call('HGET', KEYS[2], field)
write(KEYS[1] .. 'meta', KEYS[1] .. 'limiter', kind, mark and string.match(mark, '[^ ]+$') or '')
wake(KEYS[1])`;

/** Sets a limit of a queue that wins over every config, from now on and for the workers that live. */
export async function overrideLimit(
  broker: Broker,
  queue: string,
  kind: LimitKind,
  limit: number | Rate,
  { by, atMs }: Operator,
): Promise<void> {
  const value = toLimitText(limit);
  await run(broker, set, queue, kind, value, JSON.stringify({ value, by, atMs }));
}

/** Gives a queue the config's limit back; where no config has one, there is none afterwards, whoever set it. */
export async function resetLimit(broker: Broker, queue: string, kind: LimitKind): Promise<void> {
  await run(broker, reset, queue, kind);
}

async function run(broker: Broker, script: string, queue: string, kind: LimitKind, ...args: string[]): Promise<void> {
  const { limits, overrides } = storeKeys(broker.prefix);
  const base = `${broker.prefix}:${queue}:`;
  const field = limitField(kind, queue);
  await told(broker, () => broker[redisOf].eval(script, 3, base, limits, overrides, kind, field, ...args));
}

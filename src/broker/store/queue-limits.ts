import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";
import { type LimitKind, limitField, limitFunctions, type Rate, toLimitText } from "./limits.ts";

export interface QueueLimits {
  readonly queue: string;
  /** Whose config it is: another app's limit is left alone. */
  readonly app: string;
  /** The most jobs at once in all processes together. */
  readonly globalConcurrency: number | undefined;
  /** The most that they start in a time. */
  readonly rateLimit: Rate | undefined;
}

// The mark says that the limit in BullMQ's hash is a config's: only then does a config that is silent take it away. What an
// operator has set stays, whatever the config says: the mark alone then keeps what to go back to.
const apply = `${limitFunctions}
local kind, field, wanted, app = unpack(ARGV)
local mine = app .. ' ' .. wanted
local meta, limiter, marks, overrides = unpack(KEYS)
local now, mark = read(meta, kind), redis.call('HGET', marks, field)
local override = redis.call('HGET', overrides, field)
if override then
  local value = cjson.decode(override).value
  if now ~= value then write(meta, limiter, kind, value) end
elseif wanted ~= '' then
  if now ~= wanted then write(meta, limiter, kind, wanted) end
elseif mark and string.sub(mark, 1, #app + 1) == app .. ' ' and now == string.sub(mark, #app + 2) then
  write(meta, limiter, kind, '')
end
if wanted ~= '' then
  if mark ~= mine then redis.call('HSET', marks, field, mine) end
elseif mark and string.sub(mark, 1, #app + 1) == app .. ' ' then
  redis.call('HDEL', marks, field)
end`;

/** Makes the broker's limits of a queue those of the config. What is right already is not written again. */
export async function applyQueueLimits(broker: Broker, { queue, app, globalConcurrency, rateLimit }: QueueLimits) {
  const { limits, overrides } = storeKeys(broker.prefix);
  const base = `${broker.prefix}:${queue}:`;
  const put = (kind: LimitKind, limit: number | Rate | undefined) =>
    broker[redisOf].eval(
      apply,
      4,
      `${base}meta`,
      `${base}limiter`,
      limits,
      overrides,
      kind,
      limitField(kind, queue),
      limit === undefined ? "" : toLimitText(limit),
      app,
    );
  await told(broker, () => Promise.all([put("concurrency", globalConcurrency), put("rate", rateLimit)]));
}

import { unlimited } from "./limit-queue.ts";

/** What can be limited for all processes of a queue together: how many jobs at once, or how many start in a time. */
export type LimitKind = "concurrency" | "rate";

/** Jobs that all processes together may start in a time. */
export interface Rate {
  readonly max: number;
  readonly perMs: number;
}

/**
 * A limit as the store keeps it: `4`, or `10/1000` for a rate in milliseconds. It is what marks are compared with, so the
 * same limit always has the same words.
 */
export const toLimitText = (limit: number | Rate): string =>
  typeof limit === "number" ? String(limit) : `${limit.max}/${limit.perMs}`;

export function fromLimitText(text: string): number | Rate {
  const [max, perMs] = text.split("/").map(Number) as [number, number | undefined];
  return perMs === undefined ? max : { max, perMs };
}

/** Whose mark of which limit: the config's in one hash, the operator's in another. No queue has a colon in its name. */
export const limitField = (kind: LimitKind, queue: string): string =>
  kind === "concurrency" ? queue : `rate:${queue}`;

/**
 * In Lua: how a limit is read from BullMQ's hash and written to it. A number of jobs that limits nothing stands for a queue that a
 * handler lets rest (see limit-queue.ts): it counts as none, and stays as long as the rest does.
 */
export const limitFunctions = `
local function read(meta, kind)
  if kind == 'concurrency' then return redis.call('HGET', meta, 'concurrency') or '' end
  local max, duration = unpack(redis.call('HMGET', meta, 'max', 'duration'))
  if not max or not duration or max == '${unlimited}' then return '' end
  return max .. '/' .. duration
end
local function write(meta, limiter, kind, value)
  if kind == 'concurrency' then
    if value == '' then redis.call('HDEL', meta, 'concurrency') else redis.call('HSET', meta, 'concurrency', value) end
    return
  end
  local rests = tonumber(redis.call('GET', limiter) or '0') >= ${unlimited}
  if not rests then redis.call('DEL', limiter) end
  if value ~= '' then
    local slash = string.find(value, '/', 1, true)
    redis.call('HSET', meta, 'max', string.sub(value, 1, slash - 1), 'duration', string.sub(value, slash + 1))
  elseif rests then
    redis.call('HSET', meta, 'max', '${unlimited}', 'duration', 1000)
  else
    redis.call('HDEL', meta, 'max', 'duration')
  end
end`;

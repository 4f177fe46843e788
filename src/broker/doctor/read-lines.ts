import { type Broker, redisOf } from "../broker.ts";
import { brokerError, told } from "../broker-error.ts";
import { fromBrokerId } from "../job-id.ts";

/** What is in a queue's lines. */
export interface Lines {
  readonly queue: string;
  /** How many of the jobs that are next have which name: of each line two hundred at most. */
  readonly names: ReadonlyMap<string, number>;
  /** Each active job with the runner that holds it: `null` where nobody does, or another program's worker. */
  readonly active: readonly ActiveJob[];
}

export interface ActiveJob {
  readonly id: string;
  readonly isLocked: boolean;
  readonly runner: string | null;
}

const mostNames = 200;
const mostActive = 1_000;
/** As service/identity.ts makes it. */
const ofOurs = /^(.+-\d+-[0-9a-f]{8}):/;

// Lua because of the dependent reads. What a worker does not know it puts off, so that it is delayed.
const read = `
local q = KEYS[1]
local names = {}
local function count(ids)
  for _, id in ipairs(ids) do
    local name = redis.pcall('HGET', q .. id, 'name')
    if type(name) == 'string' then names[name] = (names[name] or 0) + 1 end
  end
end
count(redis.call('LRANGE', q .. 'wait', -${mostNames}, -1))
count(redis.call('LRANGE', q .. 'paused', -${mostNames}, -1))
count(redis.call('ZRANGE', q .. 'prioritized', 0, ${mostNames - 1}))
count(redis.call('ZRANGE', q .. 'delayed', 0, ${mostNames - 1}))
local flat, active = {}, {}
for name, number in pairs(names) do
  flat[#flat + 1] = name
  flat[#flat + 1] = number
end
for _, id in ipairs(redis.call('LRANGE', q .. 'active', 0, ${mostActive - 1})) do
  active[#active + 1] = id
  active[#active + 1] = redis.call('GET', q .. id .. ':lock') or ''
end
return { flat, active }`;

/** Reads every queue in one pipelined round trip. */
export async function readLines(broker: Broker, queues: readonly string[]): Promise<Lines[]> {
  if (queues.length === 0) return [];
  const pipeline = broker[redisOf].pipeline();
  for (const queue of queues) pipeline.eval(read, 1, `${broker.prefix}:${queue}:`);
  const replies = (await told(broker, () => pipeline.exec())) ?? [];
  return replies.map(([error, reply], index) => {
    if (error) throw brokerError(error, broker.address);
    const [names, active] = reply as [(string | number)[], string[]];
    return {
      queue: queues[index]!,
      names: new Map(inPairs(names).map(([name, count]) => [String(name), Number(count)])),
      active: inPairs(active).map(([id, token]) => ({
        id: fromBrokerId(id),
        isLocked: token !== "",
        runner: ofOurs.exec(token)?.[1] ?? null,
      })),
    };
  });
}

function inPairs<Value>(flat: readonly Value[]): [Value, Value][] {
  return Array.from({ length: flat.length / 2 }, (_none, at) => [flat[at * 2]!, flat[at * 2 + 1]!]);
}

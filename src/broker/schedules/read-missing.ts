import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";

const read = `
local missing = {}
for _, name in ipairs(ARGV) do
  if not redis.call('ZSCORE', KEYS[1], name) then missing[#missing + 1] = name end
end
return missing`;

/** Those of the names by which the broker holds no schedule in a queue. */
export async function readMissing(broker: Broker, queue: string, names: readonly string[]): Promise<string[]> {
  const list = `${broker.prefix}:${queue}:repeat`;
  return (await told(broker, () => broker[redisOf].eval(read, 1, list, ...names))) as string[];
}

import type { Broker } from "../broker.ts";
import { told } from "../broker-error.ts";
import { runScript } from "../run-script.ts";
import type { JobState } from "./job-state.ts";

// BullMQ's own way copies whole lists into its script unless it has asked the server for its version, a round trip a queue.
const find = `
local q, id = KEYS[1], ARGV[1]
for _, set in ipairs({ 'completed', 'failed', 'delayed', 'prioritized', 'waiting-children' }) do
  if redis.call('ZSCORE', q .. set, id) then return set end
end
if redis.call('LPOS', q .. 'active', id) then return 'active' end
if redis.call('LPOS', q .. 'wait', id) or redis.call('LPOS', q .. 'paused', id) then return 'waiting' end
return 'unknown'`;

/** In which of BullMQ's states a job is; `unknown`: in no list. */
export async function readState(broker: Broker, queue: string, key: string): Promise<JobState | "unknown"> {
  const state = await told(broker, () => runScript(broker, find, [`${broker.prefix}:${queue}:`], [key]));
  return String(state) as JobState | "unknown";
}

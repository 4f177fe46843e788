import type { Broker } from "../broker.ts";
import { told } from "../broker-error.ts";
import { runScript } from "../run-script.ts";
import type { JobState } from "./job-state.ts";
import type { JobPlace } from "./locate-job.ts";
import { readState } from "./read-state.ts";

// Under the key of an unreadable job may stand anything.
const readName = `
local name = redis.pcall('HGET', KEYS[1], 'name')
return type(name) == 'string' and name or ''`;

/** Where a job stands; `unknown`: in no list. */
export interface Standing {
  readonly job: string;
  readonly state: JobState | "unknown";
}

/** What a job is called, and in which of BullMQ's states it is. */
export async function readStanding(broker: Broker, { queue: name, key }: JobPlace): Promise<Standing> {
  const hash = `${broker.prefix}:${name}:${key}`;
  const [job, state] = await told(broker, () =>
    Promise.all([runScript(broker, readName, [hash], []), readState(broker, name, key)]),
  );
  return { job: String(job), state };
}

import type { Broker } from "../broker.ts";
import { runScript } from "../run-script.ts";

/** A job that a worker holds. */
export interface HeldJob {
  readonly queue: string;
  /** The job's id in the broker. */
  readonly id: string;
  /** The value of its lock. */
  readonly token: string;
}

// A job can be removed while it runs: a note would make its record anew, which BullMQ takes for a job of that id ever after.
const note = `
if redis.call('GET', KEYS[2]) ~= ARGV[1] or redis.call('EXISTS', KEYS[1]) == 0 then return false end
return redis.call(ARGV[2], KEYS[1], ARGV[3], ARGV[4])`;

/** Writes a field of ours to the record of a job, as long as the job is held. `null`, and nothing was written, where it is not. */
export async function noteUnderLock(
  broker: Broker,
  { queue, id, token }: HeldJob,
  command: "HSET" | "HSETNX" | "HINCRBY",
  field: string,
  value: string | number,
): Promise<number | null> {
  const key = `${broker.prefix}:${queue}:${id}`;
  return (await runScript(broker, note, [key, `${key}:lock`], [token, command, field, value])) as number | null;
}

import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";

/** Lines that a job has logged, the latest of them, and how many are kept in all. */
export interface JobLog {
  readonly lines: readonly string[];
  readonly count: number;
}

/** The last lines of a job's log; without a number all that are kept. */
export async function readJobLog(broker: Broker, queue: string, key: string, last?: number): Promise<JobLog> {
  const log = `${broker.prefix}:${queue}:${key}:logs`;
  const redis = broker[redisOf];
  const [lines, count] = await told(broker, () =>
    Promise.all([redis.lrange(log, last === undefined ? 0 : -last, -1), redis.llen(log)]),
  );
  return { lines: lines.map(String), count };
}

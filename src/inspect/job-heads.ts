import type { Broker } from "../broker/broker.ts";
import { type JobHead, readJobHeads } from "../broker/job-heads.ts";
import type { JobState } from "../broker/list-jobs.ts";

/** One line of a list of jobs that is read again and again. */
export interface JobLine extends Omit<JobHead, "progressJson"> {
  readonly state: JobState;
  readonly progress: unknown;
}

/** The first jobs of a state: the next to run, the latest to end, those that run the longest. */
export async function listJobHeads(
  broker: Broker,
  queues: readonly string[],
  state: JobState,
  most: number,
): Promise<JobLine[]> {
  const heads = await readJobHeads(broker, queues, state, most);
  return heads.map(({ progressJson, ...head }) => ({ ...head, state, progress: parse(progressJson) }));
}

function parse(json: string | undefined): unknown {
  if (json === undefined) return null;
  try {
    return JSON.parse(json);
  } catch {
    return json; // another program's
  }
}

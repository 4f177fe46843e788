import type { Broker } from "../broker/broker.ts";
import { type JobHead, readJobHeads } from "../broker/look/job-heads.ts";
import type { JobState } from "../broker/look/job-state.ts";
import { redactKeys } from "../definition/redact.ts";

/** One line of a list of jobs that is read again and again. */
export interface JobLine extends Omit<JobHead, "progressJson"> {
  readonly state: JobState;
  readonly progress: unknown;
}

/** The first jobs of a state: the next to run, the latest to end, those that run the longest. Keys to redact are hidden in progress. */
export async function listJobHeads(
  broker: Broker,
  queues: readonly string[],
  state: JobState,
  most: number,
  redact: readonly string[],
): Promise<JobLine[]> {
  const heads = await readJobHeads(broker, queues, state, most);
  return heads.map(({ progressJson, ...head }) => ({
    ...head,
    state,
    progress: redactKeys(parse(progressJson), redact),
  }));
}

function parse(json: string | undefined): unknown {
  if (json === undefined) return null;
  try {
    return JSON.parse(json);
  } catch {
    return json; // another program's
  }
}

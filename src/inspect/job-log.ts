import { setTimeout as wait } from "node:timers/promises";
import type { Broker } from "../broker/broker.ts";
import { createListener } from "../broker/listen/listener.ts";
import type { JobEnd } from "../broker/listen/read-end.ts";
import { readJobLog } from "../broker/look/job-log.ts";
import { type JobPlace, locateJob } from "../broker/look/locate-job.ts";

/** All lines that are kept of a job's log. Throws JOB_NOT_FOUND. */
export async function readLog(broker: Broker, id: string, queue: string | undefined): Promise<readonly string[]> {
  const place = await locateJob(broker, id, queue);
  return (await readJobLog(broker, place.queue, place.key)).lines;
}

export interface FollowOptions {
  readonly queue: string | undefined;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

const everyMs = 500;
/** Of a log that is full the oldest lines make room: so many of the latest are compared with what was there before. */
const compared = 1_000;

/** Hands over a job's lines, those that are kept and those still to come, until it has ended: how. undefined: the signal aborted. */
export async function followLog(
  broker: Broker,
  id: string,
  { queue, signal, onLine }: FollowOptions,
): Promise<JobEnd | undefined> {
  const place = await locateJob(broker, id, queue);
  const listener = createListener(broker);
  const pace = new AbortController();
  let end: JobEnd | undefined;
  try {
    const watch = await listener.watch(place.queue);
    void watch.end(place.key, true).then((ended) => {
      end = ended;
      pace.abort();
    });
    const read = createReader(broker, place);
    const rest = AbortSignal.any([signal, pace.signal]);
    while (!end && !signal.aborted) {
      for (const line of await read()) onLine(line);
      await wait(everyMs, undefined, { signal: rest }).catch(() => {});
    }
    for (const line of await read()) onLine(line); // what it logged last of all
    return end;
  } finally {
    await listener.close();
  }
}

/** Each call gives the lines that are new since the one before. */
function createReader(broker: Broker, { queue, key }: JobPlace): () => Promise<readonly string[]> {
  let before: readonly string[] | undefined;
  let count = 0;
  return async () => {
    const log = await readJobLog(broker, queue, key, before && compared);
    const fresh = before ? newLines(before, log.lines, log.count - count) : log.lines;
    before = log.lines.slice(-compared);
    count = log.count;
    return fresh;
  };
}

/** At least so many are new as the log has grown; more where it is full by now. What was there before is looked for at its beginning. */
export function newLines(before: readonly string[], now: readonly string[], grown: number): readonly string[] {
  const fewest = before.length - (now.length - Math.max(grown, 0));
  for (let shift = Math.max(0, fewest); shift < before.length; shift++) {
    const kept = before.slice(shift);
    if (kept.every((line, index) => line === now[index])) return now.slice(kept.length);
  }
  return now;
}

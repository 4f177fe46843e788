import type { Broker } from "../broker/broker.ts";
import type { Delivery } from "../broker/delivery.ts";
import { unrecoverable, wasPutOff } from "../broker/outcomes.ts";
import { type RunnerRecord, readRunners } from "../broker/store/runners.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import type { OnEvent } from "./events.ts";

const shortestMs = 1_000;
const longestMs = 30_000;

/**
 * A job whose name this process does not know may belong to a newer release: it is put off, each time for longer,
 * and fails only when the grace is over. What is returned is for the processor to throw.
 */
export async function putOffUnknown(
  delivery: Delivery,
  catalog: Catalog,
  graceMs: number,
  onEvent: OnEvent,
): Promise<Error> {
  const nowMs = Date.now();
  const sinceMs = nowMs - (await delivery.firstUnknownAtMs(nowMs));
  const { queue, job, id } = delivery;

  if (sinceMs >= graceMs) {
    const known = catalog.jobs.filter((other) => other.queue === queue).map(({ name }) => name);
    return unrecoverable(
      new TaskqError(
        "JOB_NOT_FOUND",
        `no job of the queue ${queue} is named "${job}"; known: ${known.join(", ") || "none"}`,
      ),
    );
  }
  await delivery.putOff(nextMs(sinceMs, graceMs));
  onEvent({ type: "putBack", queue, job, id, reason: "unknown name" });
  return wasPutOff();
}

export interface OtherReleaseOptions {
  readonly config: ResolvedConfig;
  readonly broker: Broker;
  readonly release: string;
  readonly onEvent: OnEvent;
}

/**
 * Args that do not fit here may fit another release, while a runner of one is alive that takes from the queue: then the job
 * is put off in the same way. Undefined where there is none, or the grace is over.
 */
export async function putOffOtherRelease(
  delivery: Delivery,
  { config, broker, release, onEvent }: OtherReleaseOptions,
): Promise<Error | undefined> {
  const { queue, job, id } = delivery;
  const runners = await readRunners(broker);
  const isOther = (runner: RunnerRecord) => runner.app === config.app && runner.release !== release;
  if (!runners.some((runner) => isOther(runner) && runner.queues.some((each) => each.queue === queue)))
    return undefined;
  const nowMs = Date.now();
  const sinceMs = nowMs - (await delivery.firstUnknownAtMs(nowMs));
  if (sinceMs >= config.unknownJobGraceMs) return undefined;
  await delivery.putOff(nextMs(sinceMs, config.unknownJobGraceMs));
  onEvent({ type: "putBack", queue, job, id, reason: "args of another release" });
  return wasPutOff();
}

const nextMs = (sinceMs: number, graceMs: number) => Math.min(Math.max(sinceMs / 2, shortestMs), longestMs, graceMs);

import type { Broker } from "../../broker/broker.ts";
import { untilAccepted } from "../../broker/refusal.ts";
import { type RunnerRecord, readRunners } from "../../broker/store/runners.ts";
import type { Delivery } from "../../broker/worker/delivery.ts";
import { unrecoverable, wasPutOff } from "../../broker/worker/outcomes.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { OnEvent } from "../events.ts";
import { toError } from "./to-error.ts";
import { putOffMs } from "./unknown-job.ts";

export interface RefuseArgsOptions {
  readonly config: ResolvedConfig;
  readonly broker: Broker;
  readonly release: string;
  readonly onEvent: OnEvent;
}

/**
 * What args that do not fit mean for their job: they fit at no later attempt, unless they are those of another release. Returned for
 * the processor to throw.
 */
export async function refuseArgs(problem: Error, delivery: Delivery, options: RefuseArgsOptions): Promise<Error> {
  return (await putOffOtherRelease(delivery, options)) ?? unrecoverable(toError(problem));
}

/**
 * Args that do not fit here may fit another release, while a runner of one is alive that takes from the queue: then the job
 * is put off in the same way. Undefined where there is none, or the grace is over.
 */
async function putOffOtherRelease(
  delivery: Delivery,
  { config, broker, release, onEvent }: RefuseArgsOptions,
): Promise<Error | undefined> {
  const { queue, job, id } = delivery;
  const runners = await untilAccepted(() => readRunners(broker));
  const isOther = (runner: RunnerRecord) => runner.app === config.app && runner.release !== release;
  if (!runners.some((runner) => isOther(runner) && runner.queues.some((each) => each.queue === queue)))
    return undefined;
  const nowMs = Date.now();
  const sinceMs = nowMs - (await delivery.firstUnknownAtMs(nowMs));
  if (sinceMs >= config.unknownJobGraceMs) return undefined;
  await delivery.putOff(putOffMs(sinceMs, config.unknownJobGraceMs));
  onEvent({ type: "putBack", queue, job, id, reason: "args of another release" });
  return wasPutOff();
}

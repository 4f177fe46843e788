import type { Broker } from "../broker/broker.ts";
import { untilAccepted } from "../broker/refusal.ts";
import { type RunnerRecord, readRunners } from "../broker/store/runners.ts";
import type { Delivery } from "../broker/worker/delivery.ts";
import { unrecoverable, wasPutOff } from "../broker/worker/outcomes.ts";
import { checkArgs } from "../definition/check-args.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import type { OnEvent } from "./events.ts";
import { toError } from "./to-error.ts";
import { putOffMs } from "./unknown-job.ts";

export interface ArgsForOptions {
  readonly config: ResolvedConfig;
  readonly broker: Broker;
  readonly release: string;
  readonly onEvent: OnEvent;
}

/** What the handler gets. Args that do not fit now fit at no later attempt, unless they are those of another release. */
export function argsFor(
  { name, definition }: CatalogJob,
  delivery: Delivery,
  options: ArgsForOptions,
): Promise<unknown> {
  return checkArgs(name, definition, delivery.args).catch(async (error: unknown) => {
    if (!(error instanceof TaskqError)) throw toError(error); // a schema may ask a database
    throw (await putOffOtherRelease(delivery, options)) ?? unrecoverable(toError(error));
  });
}

/**
 * Args that do not fit here may fit another release, while a runner of one is alive that takes from the queue: then the job
 * is put off in the same way. Undefined where there is none, or the grace is over.
 */
async function putOffOtherRelease(
  delivery: Delivery,
  { config, broker, release, onEvent }: ArgsForOptions,
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

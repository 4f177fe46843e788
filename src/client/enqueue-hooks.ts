import type { Broker } from "../broker/broker.ts";
import type { Added } from "../broker/enqueue/enqueue.ts";
import type { NewJob } from "../broker/enqueue/new-job.ts";
import type { EnqueueOptions, Receipt } from "../definition/enqueue.ts";
import type { EnqueueCall } from "../definition/hooks.ts";
import { messageOf } from "../definition/message-of.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { TaskqError } from "../errors.ts";
import { toReceipts } from "./enqueue-receipt.ts";

/** Asks the config's hook. Returns the args that it wants instead, if any; throws where it refuses. */
export async function beforeEnqueue({ hooks }: ResolvedConfig, call: EnqueueCall): Promise<unknown> {
  if (!hooks.beforeEnqueue) return undefined;
  try {
    return (await hooks.beforeEnqueue(call)) ?? undefined;
  } catch (cause) {
    if (cause instanceof TaskqError) throw cause;
    throw new TaskqError("HOOK_FAILED", `the hook beforeEnqueue refused ${call.job}: ${messageOf(cause)}`, { cause });
  }
}

/** Tells the config's hook of many, where there is one. */
export async function tellEnqueued(
  broker: Broker,
  config: ResolvedConfig,
  jobs: readonly NewJob[],
  added: readonly Added[],
  options: EnqueueOptions,
): Promise<void> {
  if (!config.hooks.afterEnqueue) return;
  for (const [index, receipt] of (await toReceipts(broker, jobs, added)).entries()) {
    const { job, queue, args, meta } = jobs[index]!;
    await afterEnqueue(config, receipt, { job, queue, args, meta: { ...meta }, options });
  }
}

/** Tells the config's hook. The job is enqueued: an error of the hook must not look as if it were not. */
export async function afterEnqueue({ hooks, logger }: ResolvedConfig, receipt: Receipt, call: EnqueueCall) {
  if (!hooks.afterEnqueue) return;
  try {
    await hooks.afterEnqueue(receipt, call);
  } catch (error) {
    const text = `the hook afterEnqueue failed for ${receipt.job} ${receipt.id}: ${messageOf(error)}`;
    if (logger) logger.error({ hook: "afterEnqueue", id: receipt.id }, text);
    else process.emitWarning(text, { type: "TaskqWarning", code: "HOOK_FAILED" });
  }
}

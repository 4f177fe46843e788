import type { Broker } from "../broker/broker.ts";
import { enqueue as add } from "../broker/enqueue.ts";
import { createJobId } from "../broker/job-id.ts";
import { checkArgs } from "../definition/check-args.ts";
import type { EnqueueOptions, Receipt } from "../definition/enqueue.ts";
import { checkJsonArgs } from "../definition/json-args.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { afterEnqueue, beforeEnqueue } from "./enqueue-hooks.ts";
import { checkEnqueueOptions } from "./enqueue-options.ts";

/** Checks args and options, and only then connects and writes. What is stored is the input, not the schema's output. */
export async function enqueue(
  broker: () => Promise<Broker>,
  config: ResolvedConfig,
  { name, queue, definition }: CatalogJob,
  said: unknown,
  options: EnqueueOptions = {},
): Promise<Receipt> {
  const { id, ...chosen } = checkEnqueueOptions(options, definition);
  const check = async (args: unknown): Promise<object> => {
    checkJsonArgs(args, config.maxArgsSize);
    await checkArgs(name, definition, args);
    return args;
  };
  const call = { job: name, queue, args: await check(said), options };
  const changed = await beforeEnqueue(config, call);
  const args = changed === undefined ? call.args : await check(changed);

  const job = { ...chosen, id: id ?? createJobId(), given: id !== undefined, job: name, queue, args };
  const added = await add(await broker(), job);
  const receipt: Receipt = {
    created: added.created,
    reason: added.created ? null : added.reason,
    id: job.id,
    job: name,
    queue,
    state: added.created ? (job.delayMs > 0 ? "delayed" : job.priority > 0 ? "prioritized" : "waiting") : added.state,
    runAt: new Date(added.created ? Date.now() + job.delayMs : added.runAtMs).toISOString(),
  };
  await afterEnqueue(config, receipt, { ...call, args });
  return receipt;
}

import type { QueueSettings } from "../definition/config.ts";
import { parseDuration } from "../definition/duration.ts";
import type { ResolvedQueue, ResolvedRetention } from "../definition/resolved-config.ts";
import type { FlagLayer } from "./read-flags.ts";
import { mergeRetention } from "./retention.ts";

export interface QueuesOptions {
  readonly queues: Readonly<Record<string, QueueSettings>>;
  readonly concurrency: number;
  readonly keepCompleted: ResolvedRetention;
  readonly keepFailed: ResolvedRetention;
  readonly flags: FlagLayer;
}

/** Answers what holds for a queue, whether the config names it or not. */
export function createQueues(options: QueuesOptions): (name: string) => ResolvedQueue {
  const known = new Map<string, ResolvedQueue>();

  return (name) => {
    const queue = known.get(name) ?? resolveQueue(name, options);
    known.set(name, queue);
    return queue;
  };
}

function resolveQueue(name: string, { queues, flags, ...config }: QueuesOptions): ResolvedQueue {
  const said = Object.hasOwn(queues, name) ? queues[name] : undefined;
  const { concurrency, keepCompleted, keepFailed, rateLimit, globalConcurrency, ...options } = said ?? {};
  return Object.freeze({
    concurrency: flags.queueConcurrency.get(name) ?? flags.concurrency ?? concurrency ?? config.concurrency,
    keepCompleted: mergeRetention(config.keepCompleted, keepCompleted),
    keepFailed: mergeRetention(config.keepFailed, keepFailed),
    rateLimit: rateLimit && { max: rateLimit.max, perMs: parseDuration(rateLimit.per)! },
    globalConcurrency,
    options: Object.freeze(options),
  });
}

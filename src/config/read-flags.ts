import { checkQueueName } from "../definition/check-queue-name.ts";
import { checks } from "../definition/checks.ts";
import { configChecks } from "./check.ts";
import type { Flags } from "./sources.ts";

export interface FlagLayer {
  readonly broker: string | undefined;
  readonly shutdownTimeout: string | undefined;
  readonly http: string | undefined;
  /** Of every queue, whatever the file says of it. */
  readonly concurrency: number | undefined;
  readonly queueConcurrency: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
}

/** The layer of the command line. */
export function readFlags({ broker, shutdownTimeout, http, concurrency = [] }: Flags): FlagLayer {
  const queueConcurrency = new Map<string, number>();
  let everyQueue: number | undefined;
  const problems: string[] = [];
  if (broker !== undefined) problems.push(...configChecks.broker(broker, "--broker"));
  if (shutdownTimeout !== undefined)
    problems.push(...configChecks.shutdownTimeout(shutdownTimeout, "--shutdown-timeout"));
  if (http !== undefined) problems.push(...configChecks.http(http, "--http"));

  for (const text of concurrency) {
    const [, queue, size] = /^(?:(.*)=)?(.*)$/s.exec(text)!;
    const count = /^\d+$/.test(size!) ? Number(size) : size;
    if (queue !== undefined) problems.push(...checkQueueName(queue, "the queue of --concurrency"));
    problems.push(...checks.wholeFrom(1)(count, queue ? `--concurrency ${queue}` : "--concurrency"));
    if (queue === undefined) everyQueue = count as number;
    else queueConcurrency.set(queue, count as number);
  }
  return { broker, shutdownTimeout, http, concurrency: everyQueue, queueConcurrency, problems };
}

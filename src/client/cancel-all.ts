import type { Broker } from "../broker/broker.ts";
import { createListener } from "../broker/listen/listener.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { type CancelOptions, type CancelReceipt, cancelJob } from "./cancel.ts";
import { readUser } from "./read-user.ts";

export interface CancelAllResult {
  readonly receipts: readonly CancelReceipt[];
  /** Why one of them could not be cancelled; the others are all the same. */
  readonly error: unknown;
}

const atOnce = 100;

/** Cancels jobs for whoever is at this terminal, many at once. */
export async function cancelAll(
  broker: Broker,
  config: ResolvedConfig,
  ids: readonly string[],
  options: CancelOptions,
): Promise<CancelAllResult> {
  const listener = createListener(broker);
  const tools = { broker, listener, config, by: readUser() };
  try {
    const unique = [...new Set(ids)];
    const settled: PromiseSettledResult<CancelReceipt>[] = [];
    for (let at = 0; at < unique.length; at += atOnce) {
      const some = unique.slice(at, at + atOnce).map((id) => cancelJob(tools, id, options));
      settled.push(...(await Promise.allSettled(some)));
    }
    return {
      receipts: settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])),
      error: settled.find((one) => one.status === "rejected")?.reason,
    };
  } finally {
    await listener.close();
  }
}

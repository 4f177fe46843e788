import { createJobId } from "../../broker/job-id.ts";
import type { Delivery } from "../../broker/worker/delivery.ts";

export type LocalFacts = Pick<Delivery, "job" | "queue" | "args"> &
  Partial<Pick<Delivery, "id" | "meta" | "attempt" | "enqueuedAtMs" | "tickMs">>;

const nothing = async () => {};

/** A job that no broker holds: what would go to one goes nowhere. */
export function createLocalDelivery(facts: LocalFacts): Delivery {
  return {
    id: createJobId(),
    meta: undefined,
    attempt: 1,
    uncounted: 0,
    enqueuedAtMs: Date.now(),
    schedule: undefined,
    tickMs: undefined,
    waitedMs: undefined,
    said: { attempts: undefined, timeoutMs: undefined },
    ...facts,
    applyEnd: () => {},
    noteAttempts: nothing,
    noteCancelled: nothing,
    log: nothing,
    progress: nothing,
    putBack: nothing,
    putOff: nothing,
    rateLimit: nothing,
    unreadable: undefined,
    stalls: 0,
    isFirstSinceStall: async () => false,
    countInterruptions: async () => 0,
    firstUnknownAtMs: async (nowMs) => nowMs,
    forgetUnknown: nothing,
  };
}

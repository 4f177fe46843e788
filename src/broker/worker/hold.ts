import type { Worker } from "bullmq";

/** Why a worker takes no more for a while, although it is not closing. */
export type HoldReason = RestReason | "refused";
/** An operator asks for it, or the process has reached one of its limits. */
export type RestReason = "quiet" | "enough";

export interface Hold {
  readonly hold: (reason: HoldReason) => void;
  readonly release: (reason: HoldReason) => void;
  /** Whether it is meant to take no more, rather than unable to. */
  readonly isResting: () => boolean;
}

/** Pauses a worker as long as there is a reason to. The queue itself goes on, for other processes. */
export function createHold(worker: Worker): Hold {
  const reasons = new Set<HoldReason>();

  return {
    hold(reason) {
      if (reasons.size === 0) worker.pause(true).catch(() => {});
      reasons.add(reason);
    },
    release(reason) {
      if (reasons.delete(reason) && reasons.size === 0 && !worker.closing) worker.resume().catch(() => {});
    },
    isResting: () => reasons.has("quiet") || reasons.has("enough"),
  };
}

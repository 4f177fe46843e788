import type { ActReceipt } from "./act-on-jobs.ts";

/** What can be done to a job from outside. */
export type JobVerb = "retry" | "cancel" | "promote" | "remove";

/** Why some jobs were left alone, or have not ended yet. */
export interface ActReason {
  readonly kind: "requested" | "refused";
  readonly reason: string;
  readonly count: number;
  /** One of them. */
  readonly id: string;
}

/** What became of many jobs. */
export interface ActTally {
  readonly verb: JobVerb;
  /** How many were meant. */
  readonly matched: number;
  readonly done: number;
  /** Told to stop, and not ended yet. */
  readonly requested: number;
  /** Removed by others, or moved on by themselves, before it was their turn. */
  readonly gone: number;
  readonly refused: number;
  /** Of those that are requested or refused; the most first. */
  readonly reasons: readonly ActReason[];
}

/** What became of one job that was named. */
export interface ActReceiptLine {
  readonly id: string;
  readonly queue: string;
  readonly outcome: "retried" | "promoted" | "removed" | "cancelled" | "gone" | "refused";
  /** Why it was refused. */
  readonly reason: string | null;
}

export interface TallyKeeper {
  readonly add: (receipt: ActReceipt) => void;
  readonly read: () => ActTally;
}

export function createActTally(verb: JobVerb, matched: number): TallyKeeper {
  const counts = { done: 0, requested: 0, gone: 0, refused: 0 };
  const reasons = new Map<string, { kind: ActReason["kind"]; reason: string; count: number; id: string }>();
  return {
    add({ target: { id }, outcome }) {
      counts[outcome.kind]++;
      if (!("reason" in outcome)) return;
      // Each names another job of the same key.
      const reason = outcome.reason.replace(/^the unfinished job .+ has/, "an unfinished job has");
      const known = reasons.get(reason);
      if (known) known.count++;
      else reasons.set(reason, { kind: outcome.kind, reason, count: 1, id });
    },
    read: () => ({ verb, matched, ...counts, reasons: [...reasons.values()].sort((a, b) => b.count - a.count) }),
  };
}

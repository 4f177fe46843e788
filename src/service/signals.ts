/** What the operator wants, in rising order. */
export interface SignalHandlers {
  readonly close: (signal: NodeJS.Signals) => void;
  /** Skips the waiting: abort what runs now. */
  readonly hurry: () => void;
  /** Ends at once, with 128 + the signal's number. */
  readonly exit: (code: number) => void;
}

/** `npm run` sends a Ctrl-C twice: signals that come this close are one. */
const togetherMs = 500;

/** Listens to SIGTERM and SIGINT. SIGTERM may come as often as it likes; a second Ctrl-C hurries, a third ends. */
export function listenToSignals({ close, hurry, exit }: SignalHandlers): () => void {
  let interrupts = 0;
  let lastMs = Number.NEGATIVE_INFINITY;

  const onTerm = () => close("SIGTERM");
  const onInt = () => {
    const nowMs = performance.now();
    if (nowMs - lastMs < togetherMs) return;
    lastMs = nowMs;
    interrupts++;
    if (interrupts === 1) close("SIGINT");
    else if (interrupts === 2) hurry();
    else exit(130);
  };
  process.on("SIGTERM", onTerm).on("SIGINT", onInt);
  return () => process.off("SIGTERM", onTerm).off("SIGINT", onInt);
}

import { isatty } from "node:tty";

/** What an operator may want. */
export interface SignalHandlers {
  readonly close: (reason: string) => void;
  /** Skips the waiting: abort what runs now. */
  readonly hurry: () => void;
  /** Ends at once, with 128 + the signal's number. */
  readonly exit: (code: number) => void;
  /** Takes no more, and keeps running. */
  readonly quiet: () => void;
  readonly resume: () => void;
  /** Says what runs. */
  readonly report: () => void;
  /** Replaces the processes of a pool, one after another. */
  readonly restart: () => void;
}

/** `npm run` sends a Ctrl-C twice: signals that come this close are one. */
const togetherMs = 500;

const isOnTerminal = () => [0, 1, 2].some((fd) => isatty(fd));

/**
 * SIGTERM may come as often as it likes; a second Ctrl-C hurries, a third ends. Until the process ends: one that comes
 * while it exits would change its exit code, were nobody listening any more.
 */
export function listenToSignals({ close, hurry, exit, quiet, resume, report, restart }: SignalHandlers): void {
  const startedOnTerminal = isOnTerminal();
  let interrupts = 0;
  let lastMs = Number.NEGATIVE_INFINITY;

  const listeners: Partial<Record<NodeJS.Signals, () => void>> = {
    SIGTERM: () => close("SIGTERM"),
    SIGINT() {
      const nowMs = performance.now();
      if (nowMs - lastMs < togetherMs) return;
      lastMs = nowMs;
      interrupts++;
      if (interrupts === 1) close("SIGINT");
      else if (interrupts === 2) hurry();
      else exit(130);
    },
    // A listener is all that keeps SIGTSTP and SIGTTIN from stopping the process.
    SIGTSTP: quiet,
    SIGCONT: resume,
    SIGTTIN: report,
    // The kernel says it too when a terminal is closed: nobody would know of a worker that went on.
    SIGHUP: () => (startedOnTerminal && !isOnTerminal() ? close("SIGHUP") : restart()),
  };
  for (const [signal, listener] of Object.entries(listeners)) process.on(signal, listener);
}

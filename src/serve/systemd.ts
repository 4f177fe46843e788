import type { NotifyEnvironment } from "../config/notify-environment.ts";
import { createNotifySocket } from "./notify-socket.ts";
import { statusLine } from "./status-line.ts";

export interface SystemdOptions {
  readonly environment: NotifyEnvironment;
  readonly active: () => number;
  readonly countWaiting: () => Promise<number | undefined>;
  /** Resolves when the broker answers: without an answer the watchdog is not fed. */
  readonly ping: () => Promise<unknown>;
  readonly onTrouble: (message: string) => void;
}

/** Tells systemd how the service is: the verbs in the order of a life. */
export interface Systemd {
  readonly ready: () => void;
  readonly closing: (timeoutMs: number) => void;
  /** Resolves when all is sent. */
  readonly end: () => Promise<void>;
}

const lookEveryMs = 5_000;
const closingEveryMs = 2_000;
/** What a closing may take beyond its timeout, and a second for systemd itself. */
const beyondMs = 3_000;

/** Speaks sd_notify: readiness, a status line, the watchdog, and more time while the service closes. */
export function createSystemd({ environment, active, countWaiting, ping, onTrouble }: SystemdOptions): Systemd {
  const { watchdogMs } = environment;
  const socket = createNotifySocket({ ...environment, onTrouble });
  let timers: NodeJS.Timeout[] = [];
  let waiting: number | undefined;
  let brokerAnswers = true;
  let closesAtMs: number | undefined;
  let shown: string | undefined;

  const every = (ms: number, work: () => void) => timers.push(setInterval(work, ms).unref());
  const count = oneAtATime(async () => {
    waiting = await countWaiting();
    brokerAnswers = true;
    show();
  });
  // Fed by the answer itself: it comes only while the broker answers and the loop turns.
  const feed = oneAtATime(async () => {
    await ping();
    if (timers.length > 0) socket.notify({ WATCHDOG: 1 });
  });

  function look(): void {
    if (!count()) {
      waiting = undefined;
      brokerAnswers = false;
    }
    show();
  }

  function show(fields: Readonly<Record<string, string | number>> = {}): void {
    const leftMs = closesAtMs === undefined ? undefined : closesAtMs - performance.now();
    const line = statusLine({ active: active(), waiting, brokerAnswers, leftMs });
    if (line !== shown) socket.notify({ ...fields, STATUS: line });
    else if (Object.keys(fields).length > 0) socket.notify(fields);
    shown = line;
  }

  /** The whole time that is left, so that it also holds while a handler blocks the loop. */
  function extend(fields: Readonly<Record<string, string | number>> = {}): void {
    const leftMs = closesAtMs! + beyondMs - performance.now();
    show(leftMs > 0 ? { ...fields, EXTEND_TIMEOUT_USEC: Math.ceil(leftMs * 1_000) } : fields);
  }

  return {
    ready() {
      show({ READY: 1, MAINPID: process.pid });
      every(lookEveryMs, look);
      look();
      if (watchdogMs === undefined) return;
      every(watchdogMs / 3, feed);
      feed();
    },
    closing(timeoutMs) {
      closesAtMs = performance.now() + timeoutMs;
      extend({ STOPPING: 1 });
      every(closingEveryMs, extend);
    },
    end() {
      for (const timer of timers) clearInterval(timer);
      timers = [];
      return socket.flushed();
    },
  };
}

/** Begins the work unless the last one still goes on, and says whether it did. A failure is no answer. */
function oneAtATime(work: () => Promise<void>): () => boolean {
  let isBusy = false;
  return () => {
    if (isBusy) return false;
    isBusy = true;
    work()
      .catch(() => {})
      .finally(() => {
        isBusy = false;
      });
    return true;
  };
}

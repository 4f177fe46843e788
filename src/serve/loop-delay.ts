import { monitorEventLoopDelay } from "node:perf_hooks";

/** How late the loop's timers were, in milliseconds. */
export interface Delay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface LoopDelay {
  /** Of the last half minute to minute, whoever asks and however often. */
  readonly read: () => Delay;
  readonly stop: () => void;
}

const windowMs = 30_000;
const resolutionMs = 20;

/** Measures the event loop's delay. */
export function createLoopDelay(): LoopDelay {
  // Two that overlap: the older one answers, and is emptied when the other has seen a whole window.
  let [older, newer] = [start(), start()];
  const timer = setInterval(() => {
    older.reset();
    [older, newer] = [newer, older];
  }, windowMs).unref();

  return {
    read: () => ({
      p50: toDelayMs(older.percentile(50)),
      p99: toDelayMs(older.percentile(99)),
      max: toDelayMs(older.max),
    }),
    stop() {
      clearInterval(timer);
      older.disable();
      newer.disable();
    },
  };
}

function start() {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  return histogram;
}

/** Node measures from tick to tick, the wait between them included. */
function toDelayMs(nanoseconds: number): number {
  return Math.max(0, Math.round((nanoseconds / 1e6 - resolutionMs) * 100) / 100);
}

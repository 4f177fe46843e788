import type { RunnerEvent } from "../runner/events.ts";
import type { ClosableService } from "./close.ts";

/** A limit after which a process makes room for a fresh one. */
export interface Limit {
  /** As it was said: `--max-jobs 1000`. */
  readonly said: string;
  readonly most: number;
}

export interface Limits {
  readonly jobs: Limit | undefined;
  readonly timeMs: Limit | undefined;
  readonly memoryBytes: Limit | undefined;
}

export interface RecycleOptions {
  readonly limits: Limits;
  /** Whether others have the same limits: then each takes up to a tenth less, so that they do not all go at once. */
  readonly isInPool?: boolean;
  readonly onRecycle?: () => void;
  readonly service: Pick<ClosableService, "close" | "closing">;
}

/** Closes a process that has reached one of its limits. */
export interface Recycle {
  readonly count: (event: RunnerEvent) => void;
  readonly start: () => void;
}

const lookEveryMs = 1_000;
const spread = 0.1;

export function createRecycle({ limits, isInPool = false, onRecycle, service }: RecycleOptions): Recycle {
  const less = isInPool ? Math.random() * spread : 0;
  const most = (limit: Limit | undefined) => (limit ? Math.ceil(limit.most * (1 - less)) : Number.POSITIVE_INFINITY);
  const [jobs, timeMs, memoryBytes] = [most(limits.jobs), most(limits.timeMs), most(limits.memoryBytes)];
  const startMs = performance.now();
  let ended = 0;

  function look(): void {
    if (performance.now() - startMs >= timeMs) reach(limits.timeMs!);
    else if (process.memoryUsage.rss() >= memoryBytes) reach(limits.memoryBytes!);
  }

  function reach({ said }: Limit): void {
    if (service.closing.aborted) return;
    onRecycle?.();
    service.close(`reached ${said}${isInPool ? `, less ${Math.round(less * 100)} %` : ""}`);
  }

  return {
    count({ type }) {
      if ((type === "completed" || type === "failed") && ++ended >= jobs) reach(limits.jobs!);
    },
    start() {
      // A timer of the whole time would overflow after 24 days.
      if (!limits.timeMs && !limits.memoryBytes) return;
      const timer = setInterval(look, lookEveryMs).unref();
      service.closing.addEventListener("abort", () => clearInterval(timer));
    },
  };
}

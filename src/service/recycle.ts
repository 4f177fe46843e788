import type { RunnerEvent } from "../runner/events.ts";
import type { Parts, Service, ServiceOptions } from "./parts.ts";

/** A limit after which a process makes room for a fresh one. */
export interface Limit {
  /** As it was said: `--max-jobs 1000`. */
  readonly said: string;
  readonly most: number;
}

export interface Limits {
  /** Counted at their starts. */
  readonly jobs: Limit | undefined;
  readonly timeMs: Limit | undefined;
  readonly memoryBytes: Limit | undefined;
}

export interface RecycleOptions extends Pick<ServiceOptions, "onRecycle" | "onEvent"> {
  readonly limits: Limits;
  /** Whether others have the same limits: then each takes up to a tenth less, so that they do not all go at once. */
  readonly isInPool?: boolean;
}

/** Ends a process that has reached one of its limits. */
export interface Recycle {
  readonly count: (event: RunnerEvent) => void;
  readonly start: () => void;
}

const lookEveryMs = 1_000;
const idleEveryMs = 200;
const spread = 0.1;

/**
 * At a limit the process takes no more, and closes when what runs has ended by itself. Nothing presses, and a job that takes
 * longer than `shutdownTimeout` would else be put back at each limit and never end.
 */
export function createRecycle(
  { limits, isInPool = false, onEvent, onRecycle }: RecycleOptions,
  { runner, presence }: Pick<Parts, "runner" | "presence">,
  service: Pick<Service, "close">,
): Recycle {
  const part = isInPool ? 1 - Math.random() * spread : 1;
  const most = (limit: Limit | undefined) => (limit ? Math.ceil(limit.most * part) : Number.POSITIVE_INFINITY);
  const [jobs, timeMs, memoryBytes] = [most(limits.jobs), most(limits.timeMs), most(limits.memoryBytes)];
  const startMs = performance.now();
  let started = 0;
  let timer: NodeJS.Timeout | undefined;
  let isReached = false;

  function look(): void {
    if (performance.now() - startMs >= timeMs) reach(limits.timeMs!);
    else if (process.memoryUsage.rss() >= memoryBytes) reach(limits.memoryBytes!);
  }

  function reach(limit: Limit): void {
    if (isReached) return;
    isReached = true;
    clearInterval(timer);
    runner.finish();
    presence.quiet(true);
    onRecycle?.();
    const less = Math.round((1 - most(limit) / limit.most) * 100);
    const reason = `reached ${limit.said}${less > 0 ? `, less ${less} %` : ""}`;
    setImmediate(() => onEvent({ type: "recycling", reason, active: countBusy() })); // the last one has begun by then
    closeWhenIdle(reason);
  }

  /** Twice, since a job that has just been taken is not among the active ones yet. */
  function closeWhenIdle(reason: string): void {
    let idle = 0;
    const looking = setInterval(() => {
      idle = countBusy() === 0 ? idle + 1 : 0;
      if (idle < 2) return;
      clearInterval(looking);
      service.close(reason);
    }, idleEveryMs).unref();
  }

  const countBusy = () => runner.active().filter(({ abandoned }) => !abandoned).length;

  return {
    count({ type }) {
      if (type === "active" && ++started >= jobs) reach(limits.jobs!);
    },
    start() {
      // One timer of the whole time would overflow after 24 days.
      if (limits.timeMs || limits.memoryBytes) timer = setInterval(look, lookEveryMs).unref();
    },
  };
}

import { nextTick } from "./next-tick.ts";

/** When a schedule is due: by cron in a zone, or at a fixed distance. */
export interface TickPlan {
  readonly cron: string | undefined;
  readonly everyMs: number | undefined;
  readonly timezone: string | undefined;
}

/** The ticks of a stretch of time. */
export interface Walk {
  readonly count: number;
  readonly firstMs: number;
  /** The latest thousand, in order. */
  readonly latest: readonly number[];
  /** There are more: the walk was given up. */
  readonly isCut: boolean;
}

const mostLatest = 1_000;
/** A minute's walk of a schedule that was away for years helps nobody. */
const mostWalked = 10_000;

/** The tick after one of a plan; undefined where there is none. */
export function tickAfter({ cron, everyMs, timezone }: TickPlan, tickMs: number): number | undefined {
  if (everyMs !== undefined) return tickMs + everyMs;
  return cron === undefined ? undefined : nextTick(cron, timezone ?? "UTC", tickMs)?.atMs;
}

/** All ticks from `fromMs`, which is one where the plan has a fixed distance, to before `toMs`. */
export function walkPlan(plan: TickPlan, fromMs: number, toMs: number): Walk {
  const { everyMs } = plan;
  if (everyMs !== undefined) return walkEvenly(everyMs, fromMs, toMs);
  let latest: number[] = [];
  let count = 0;
  let firstMs = Number.NaN;
  for (let at = tickAfter(plan, fromMs - 1); at !== undefined && at < toMs; at = tickAfter(plan, at)) {
    if (count === mostWalked) return { count, firstMs, latest, isCut: true };
    if (count++ === 0) firstMs = at;
    latest.push(at);
    if (latest.length >= 2 * mostLatest) latest = latest.slice(-mostLatest);
  }
  return { count, firstMs, latest: latest.slice(-mostLatest), isCut: false };
}

function walkEvenly(everyMs: number, fromMs: number, toMs: number): Walk {
  const count = Math.max(0, Math.ceil((toMs - fromMs) / everyMs));
  const skipped = Math.max(0, count - mostLatest);
  const latest = Array.from({ length: count - skipped }, (_none, at) => fromMs + (skipped + at) * everyMs);
  return { count, firstMs: fromMs, latest, isCut: false };
}

import { nextRun } from "./next-run.ts";
import { previousTick } from "./previous-tick.ts";

/** When a schedule is due: by cron in a zone, or at a fixed distance. */
export interface TickPlan {
  readonly cron: string | undefined;
  readonly everyMs: number | undefined;
  readonly timezone: string | undefined;
  /** Neither a tick before nor one after. */
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  /** So much later than what `cron` names are its ticks. Default 0. */
  readonly jitterMs?: number | undefined;
}

/** The ticks of a stretch of time. */
export interface Walk {
  readonly count: number;
  readonly firstMs: number;
  /** The latest thousand, in order; also where there are more than were counted. */
  readonly latest: readonly number[];
  /** There are more: the count was given up. */
  readonly isCut: boolean;
}

const mostLatest = 1_000;
/** A minute's walk of a schedule that was away for years helps nobody. */
const mostWalked = 10_000;

/** The tick after one of a plan; undefined where there is none, or where another program's plan cannot be read. */
export function tickAfter(plan: TickPlan, tickMs: number): number | undefined {
  const { cron, everyMs, timezone = "UTC", endMs = Number.POSITIVE_INFINITY } = plan;
  if (everyMs !== undefined) return tickMs + everyMs <= endMs ? tickMs + everyMs : undefined;
  if (cron === undefined) return undefined;
  try {
    return nextRun({ ...plan, cron, timezone }, tickMs)?.runMs;
  } catch {
    return undefined;
  }
}

/** All ticks from `fromMs`, which is one where the plan has a fixed distance, to before `toMs`. */
export function walkPlan(plan: TickPlan, fromMs: number, toMs: number): Walk {
  const { everyMs, endMs = Number.POSITIVE_INFINITY } = plan;
  if (everyMs !== undefined) return walkEvenly(everyMs, fromMs, Math.min(toMs, endMs + 1));
  let latest: number[] = [];
  let count = 0;
  let firstMs = Number.NaN;
  for (let at = tickAfter(plan, fromMs - 1); at !== undefined && at < toMs; at = tickAfter(plan, at)) {
    if (count === mostWalked) return { count, firstMs, latest: lastTicks(plan, toMs), isCut: true };
    if (count++ === 0) firstMs = at;
    latest.push(at);
    if (latest.length >= 2 * mostLatest) latest = latest.slice(-mostLatest);
  }
  return { count, firstMs, latest: latest.slice(-mostLatest), isCut: false };
}

/** The latest of very many ticks of a cron, looked for from the end. */
function lastTicks({ cron, timezone = "UTC", endMs, jitterMs = 0 }: TickPlan, toMs: number): number[] {
  const ticks: number[] = [];
  let beforeMs = Math.min(toMs - jitterMs, (endMs ?? toMs) + 1);
  while (ticks.length < mostLatest) {
    const tick = previousTick(cron!, timezone, beforeMs);
    if (tick === undefined) break;
    beforeMs = tick.atMs;
    ticks.push(tick.atMs + jitterMs);
  }
  return ticks.reverse();
}

function walkEvenly(everyMs: number, fromMs: number, toMs: number): Walk {
  const count = Math.max(0, Math.ceil((toMs - fromMs) / everyMs));
  const skipped = Math.max(0, count - mostLatest);
  const latest = Array.from({ length: count - skipped }, (_none, at) => fromMs + (skipped + at) * everyMs);
  return { count, firstMs: fromMs, latest, isCut: false };
}

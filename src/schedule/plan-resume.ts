import type { Broker } from "../broker/broker.ts";
import type { StoredSchedule } from "../broker/schedules/schedulers.ts";
import type { TickSpan } from "../broker/store/account.ts";
import { readOpenTicks } from "../broker/store/open-ticks.ts";
import type { PauseAccount, PausedState } from "../broker/store/pause-schedule.ts";
import { type CatchUp, planCatchUp } from "../cron/plan-catch-up.ts";
import { tickAfter, walkPlan } from "../cron/walk-plan.ts";

/** What is to become of all ticks up to the end of a pause. */
export interface ResumePlan {
  /** Ticks from before the pause that nobody had told of, and that are caught up by the schedule's own rules. */
  readonly before: readonly number[];
  /** Ticks of the pause, and those whose runs it held up, that are caught up. */
  readonly toRun: readonly number[];
  /** How many of these get no run. */
  readonly missed: number;
  readonly account: PauseAccount;
}

/** What becomes of the ticks of a pause where it ends at the moment when it was looked at. */
export async function planResume(
  broker: Broker,
  schedule: StoredSchedule,
  state: PausedState,
  catchUp: CatchUp | undefined,
): Promise<ResumePlan> {
  const { atMs, upToMs = 0, heldMs } = state;
  const fromMs = firstFrom(schedule, state.sinceMs);
  const before = await planBefore(broker, schedule, state, fromMs);
  const { count, latest } = walkPlan(schedule, fromMs, atMs);
  const unmet = await readOpenTicks(broker, schedule, latest, { withOwn: true });
  const open = await readOpenTicks(broker, schedule, latest, { withOwn: true, withPassed: true });
  const ticks = [...new Set([...heldMs, ...open])].sort((a, b) => a - b);
  const toRun = planCatchUp(ticks, {
    catchUp: catchUp ?? schedule.catchUp,
    windowMs: catchUp === undefined ? schedule.catchUpWindowMs : undefined,
    nowMs: atMs,
    isServed: false,
  });

  // Ticks that workers met during the pause are recorded as missed already, and so are those before `upTo` that have no job of
  // their own. Some may be too many to be looked at.
  const jobless = new Set(await readOpenTicks(broker, schedule, latest));
  const untold = unmet.filter((tick) => tick >= upToMs || !jobless.has(tick));
  const older = count - latest.length;
  const olderFromMs = Math.max(fromMs, upToMs);
  const untoldOlder = older > 0 && upToMs > fromMs ? walkPlan(schedule, upToMs, latest[0]!).count : older;
  const stay = toSpan(without(untold, toRun), untoldOlder, olderFromMs);
  return {
    before: before.toRun,
    toRun,
    missed: older + ticks.length - toRun.length,
    account: {
      toMs: Math.max(firstFrom(schedule, atMs), upToMs),
      missed: before.missed + untold.length + untoldOlder,
      told: [...before.told, ...(stay ? [{ ...stay, reason: "paused" }] : [])],
    },
  };
}

/** Ticks before the pause that no worker was there for, or was free. The job of the first of them may still come. */
async function planBefore(broker: Broker, schedule: StoredSchedule, { atMs, upToMs }: PausedState, toMs: number) {
  if (upToMs === undefined || upToMs >= toMs) return { toRun: [], missed: 0, told: [] };
  const { count, firstMs, latest, isCut } = walkPlan(schedule, upToMs, toMs);
  const open = await readOpenTicks(broker, schedule, latest);
  const { catchUp, catchUpWindowMs: windowMs } = schedule;
  const toRun = planCatchUp(open, { catchUp, windowMs, nowMs: atMs, isServed: true });
  const older = count - latest.length;
  const stay = toSpan(without(open, toRun), older, firstMs);
  const reason = `no worker was free${isCut ? "; there were more" : ""}`;
  return { toRun, missed: open.length + older, told: stay ? [{ ...stay, reason }] : [] };
}

/** The first tick that is not before a moment. */
function firstFrom(schedule: StoredSchedule, atMs: number): number {
  const { everyMs, nextMs } = schedule;
  if (everyMs === undefined) return tickAfter(schedule, atMs - 1) ?? atMs;
  const anyMs = nextMs ?? atMs;
  return anyMs + Math.ceil((atMs - anyMs) / everyMs) * everyMs;
}

function without(ticks: readonly number[], others: readonly number[]): number[] {
  const left = new Set(others);
  return ticks.filter((tick) => !left.has(tick));
}

function toSpan(ticks: readonly number[], older: number, olderMs: number): TickSpan | undefined {
  const count = ticks.length + older;
  if (count === 0) return undefined;
  const firstMs = older > 0 ? olderMs : ticks[0]!;
  return { count, firstMs, lastMs: ticks.at(-1) ?? firstMs };
}

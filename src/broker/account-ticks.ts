import { planCatchUp } from "../cron/plan-catch-up.ts";
import { type TickPlan, tickAfter, walkPlan } from "../cron/walk-plan.ts";
import { addRuns, type RunSource } from "./add-runs.ts";
import type { Broker } from "./broker.ts";
import { type TickSpan, writeAccount } from "./store/account.ts";
import { readOpenTicks } from "./store/open-ticks.ts";

export interface AccountOptions {
  /** The first tick that is not accounted for. */
  readonly fromMs: number;
  /** The first that is to come. */
  readonly toMs: number;
  /** Whether the accounts still have to stand at `fromMs`: else somebody else has done this. */
  readonly isOpen: boolean;
  /** Whether a run for one of them, or for the tick after them, is on its way already. */
  readonly isServed: boolean;
  /** Why those that are not caught up have no run. */
  readonly reason: string;
  /** The tick whose run asks. */
  readonly exceptMs?: number | undefined;
  /** Also ticks whose own job waits, for it is to be removed. */
  readonly withOwn?: boolean;
}

export interface Accounted {
  readonly missed: TickSpan | undefined;
  readonly caughtUp: TickSpan | undefined;
}

const none: Accounted = { missed: undefined, caughtUp: undefined };

/**
 * Accounts for the ticks of a stretch that no job came for: each gets a run of its own, or is recorded as missed. Where two
 * do this at once, or one dies over it and another begins anew, each tick still has one run at most and one record.
 */
export async function accountForTicks(
  broker: Broker,
  schedule: RunSource & TickPlan,
  options: AccountOptions,
): Promise<Accounted> {
  const { fromMs, toMs, isOpen, isServed, reason, exceptMs, withOwn = false } = options;
  const { count, firstMs, latest, isCut } = walkPlan(schedule, fromMs, toMs);
  const open = await readOpenTicks(broker, schedule, latest, { withOwn });
  const ticks = open.filter((tick) => tick !== exceptMs);
  const isExceptOlder = exceptMs !== undefined && exceptMs >= fromMs && exceptMs < (latest[0] ?? toMs);
  const older = count - latest.length - (isExceptOlder ? 1 : 0);
  const { catchUp, catchUpWindowMs: windowMs } = schedule;
  const toRun = planCatchUp(ticks, { catchUp, windowMs, nowMs: Date.now(), isServed });
  const runs = new Set(toRun);
  const missed = ticks.filter((tick) => !runs.has(tick));

  await addRuns(broker, schedule, toRun);
  const accounted: Accounted = {
    missed: toSpan(missed, older, firstMs === exceptMs ? (tickAfter(schedule, firstMs) ?? firstMs) : firstMs),
    caughtUp: toSpan(toRun, 0, firstMs),
  };
  const { queue, name } = schedule;
  const why = isCut ? `${reason}; there were more` : reason;
  const isOurs = await writeAccount(broker, {
    queue,
    name,
    fromMs: isOpen ? fromMs : undefined,
    toMs,
    reason: why,
    ...accounted,
  });
  return isOurs ? accounted : none;
}

function toSpan(ticks: readonly number[], older: number, firstMs: number): TickSpan | undefined {
  const count = ticks.length + older;
  if (count === 0) return undefined;
  const first = older > 0 ? firstMs : ticks[0]!;
  return { count, firstMs: first, lastMs: ticks.at(-1) ?? first };
}

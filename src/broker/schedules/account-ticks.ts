import { planCatchUp } from "../../cron/plan-catch-up.ts";
import { type TickPlan, tickAfter, walkPlan } from "../../cron/walk-plan.ts";
import type { Broker } from "../broker.ts";
import { type TickSpan, writeAccount } from "../store/account.ts";
import { readOpenTicks } from "../store/open-ticks.ts";
import { addRuns, type RunSource } from "./add-runs.ts";
import { bearableSkewMs } from "./read-skew.ts";

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
  const { queue, name, catchUp, catchUpWindowMs: windowMs } = schedule;
  const { toMs, isOpen, isServed } = options;
  let fromMs = options.fromMs;
  let stretch = await readStretch(broker, schedule, options, fromMs);
  const toRun = planCatchUp(stretch.open, { catchUp, windowMs, nowMs: Date.now(), isServed });
  await addRuns(broker, schedule, toRun);

  do {
    const accounted = toAccounted(stretch, toRun);
    const reason = stretch.isCut ? `${options.reason}; there were more` : options.reason;
    const standsAtMs = await writeAccount(broker, {
      queue,
      name,
      fromMs: isOpen ? fromMs : undefined,
      toMs,
      reason,
      ...accounted,
    });
    if (standsAtMs === undefined) return accounted;
    // Another was faster, with all of the stretch or the first of it.
    fromMs = standsAtMs;
    stretch = await readStretch(broker, schedule, options, fromMs);
  } while (fromMs < toMs);
  return none;
}

interface Stretch {
  /** The latest of its ticks that have no run. */
  readonly open: readonly number[];
  /** How many came before those that were looked at. */
  readonly older: number;
  readonly firstMs: number;
  /** Whether there are more than anybody counts. */
  readonly isCut: boolean;
}

async function readStretch(
  broker: Broker,
  schedule: RunSource & TickPlan,
  { toMs, exceptMs }: AccountOptions,
  fromMs: number,
): Promise<Stretch> {
  // The next run may be of another plan by now: ticks of this one that are still to come never were.
  const untilMs = Math.min(toMs, Math.max(Date.now(), exceptMs ?? 0) + bearableSkewMs);
  const { count, firstMs, latest, isCut } = walkPlan(schedule, fromMs, untilMs);
  const open = await readOpenTicks(broker, schedule, latest);
  const isExceptOlder = exceptMs !== undefined && exceptMs >= fromMs && exceptMs < (latest[0] ?? toMs);
  return {
    open: open.filter((tick) => tick !== exceptMs),
    older: count - latest.length - (isExceptOlder ? 1 : 0),
    firstMs: firstMs === exceptMs ? (tickAfter(schedule, firstMs) ?? firstMs) : firstMs,
    isCut,
  };
}

function toAccounted({ open, older, firstMs }: Stretch, toRun: readonly number[]): Accounted {
  const runs = new Set(toRun);
  return {
    missed: toSpan(
      open.filter((tick) => !runs.has(tick)),
      older,
      firstMs,
    ),
    caughtUp: toSpan(
      open.filter((tick) => runs.has(tick)),
      0,
      firstMs,
    ),
  };
}

function toSpan(ticks: readonly number[], older: number, firstMs: number): TickSpan | undefined {
  const count = ticks.length + older;
  if (count === 0) return undefined;
  const first = older > 0 ? firstMs : ticks[0]!;
  return { count, firstMs: first, lastMs: ticks.at(-1) ?? first };
}

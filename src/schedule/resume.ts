import type { Broker } from "../broker/broker.ts";
import { accountForTicks } from "../broker/schedules/account-ticks.ts";
import { addRuns } from "../broker/schedules/add-runs.ts";
import type { StoredSchedule } from "../broker/schedules/schedulers.ts";
import { type TickSpan, writeAccount } from "../broker/store/account.ts";
import { readOpenTicks } from "../broker/store/open-ticks.ts";
import { type Resumed, resumeStored, type SaidBy } from "../broker/store/pause-schedule.ts";
import { type CatchUp, planCatchUp } from "../cron/plan-catch-up.ts";
import { tickAfter, walkPlan } from "../cron/walk-plan.ts";
import { checkReason } from "../definition/check-reason.ts";
import { findSchedule } from "./find.ts";

export interface ResumeScheduleOptions extends SaidBy {
  /** Where two queues have a schedule of the name. */
  readonly queue?: string | undefined;
  /** What becomes of the ticks of the pause. Default: what the schedule says, and within its window. */
  readonly catchUp?: CatchUp | undefined;
}

export interface ResumedSchedule {
  readonly name: string;
  readonly queue: string;
  /** False where it was not paused. */
  readonly changed: boolean;
  /** The runs that were enqueued for ticks of the pause, in the order of these. */
  readonly caughtUp: readonly { readonly tick: string; readonly id: string }[];
  /** Ticks of the pause, and runs that it held up, that get none. */
  readonly missed: number;
}

/** Ends a pause: ticks begin runs again, and those of the pause are caught up as is said. */
export async function resumeSchedule(
  broker: Broker,
  name: string,
  options: ResumeScheduleOptions,
): Promise<ResumedSchedule> {
  return resumeFound(broker, await findSchedule(broker, name, options.queue), options);
}

/** The same of one that was found. */
export async function resumeFound(
  broker: Broker,
  schedule: StoredSchedule,
  { by, reason, catchUp }: ResumeScheduleOptions,
): Promise<ResumedSchedule> {
  const place = { name: schedule.name, queue: schedule.queue };
  const resumed = await resumeStored(broker, place, { by, reason: checkReason(reason ?? undefined) });
  if (!resumed) return { ...place, changed: false, caughtUp: [], missed: 0 };

  const { atMs, upToMs } = resumed;
  const fromMs = firstFrom(schedule, resumed.pause.atMs);
  if (upToMs !== undefined && upToMs < fromMs) await accountBefore(broker, schedule, upToMs, fromMs);
  const { count, latest } = walkPlan(schedule, fromMs, atMs);
  const open = await readOpenTicks(broker, schedule, latest, { withOwn: true, withPassed: true });
  const ticks = [...new Set([...resumed.heldMs, ...open])].sort((a, b) => a - b);
  const toRun = planCatchUp(ticks, {
    catchUp: catchUp ?? schedule.catchUp,
    windowMs: catchUp === undefined ? schedule.catchUpWindowMs : undefined,
    nowMs: atMs,
    isServed: false,
  });
  const ids = await addRuns(broker, schedule, toRun, atMs);
  const older = count > latest.length ? { fromMs, toMs: latest[0]!, count: count - latest.length } : undefined;
  await account(broker, schedule, resumed, { ticks, toRun, older });
  return {
    ...place,
    changed: true,
    caughtUp: toRun.map((tick, at) => ({ tick: new Date(tick).toISOString(), id: ids[at]! })),
    missed: (older?.count ?? 0) + ticks.length - toRun.length,
  };
}

/** Ticks before the pause that no worker was there for, or was free. The job of the first of them may still come. */
async function accountBefore(broker: Broker, schedule: StoredSchedule, fromMs: number, toMs: number): Promise<void> {
  const reason = "no worker was free";
  await accountForTicks(broker, schedule, { fromMs, toMs, isOpen: true, isServed: true, reason });
}

interface PauseTicks {
  /** In order: those without a run. */
  readonly ticks: readonly number[];
  readonly toRun: readonly number[];
  /** Those before them that are too many to be looked at. */
  readonly older: { readonly fromMs: number; readonly toMs: number; readonly count: number } | undefined;
}

/** Ticks that workers met during the pause are recorded as missed already; the others are recorded now. */
async function account(
  broker: Broker,
  schedule: StoredSchedule,
  { atMs, upToMs = 0, heldMs }: Resumed,
  { ticks, toRun, older }: PauseTicks,
): Promise<void> {
  const runs = new Set(toRun);
  const isSeen = (tick: number) => tick < upToMs || heldMs.includes(tick);
  const unseen = ticks.filter((tick) => !isSeen(tick) && !runs.has(tick));
  const unseenOlder = older && upToMs > older.fromMs ? walkPlan(schedule, upToMs, older.toMs).count : older?.count;
  await writeAccount(broker, {
    queue: schedule.queue,
    name: schedule.name,
    fromMs: undefined,
    toMs: firstFrom(schedule, atMs),
    missed: toSpan(unseen, unseenOlder, Math.max(older?.fromMs ?? 0, upToMs)),
    unmissed: toRun.filter(isSeen).length,
    reason: "paused",
    caughtUp: toSpan(toRun),
  });
}

/** The first tick that is not before a moment. */
function firstFrom(schedule: StoredSchedule, atMs: number): number {
  const { everyMs, nextMs } = schedule;
  if (everyMs === undefined) return tickAfter(schedule, atMs - 1) ?? atMs;
  const anyMs = nextMs ?? atMs;
  return anyMs + Math.ceil((atMs - anyMs) / everyMs) * everyMs;
}

function toSpan(ticks: readonly number[], older = 0, olderMs = 0): TickSpan | undefined {
  const count = ticks.length + older;
  if (count === 0) return undefined;
  const firstMs = older > 0 ? olderMs : ticks[0]!;
  return { count, firstMs, lastMs: ticks.at(-1) ?? firstMs };
}

import { addRuns } from "../broker/add-runs.ts";
import type { Broker } from "../broker/broker.ts";
import type { StoredSchedule } from "../broker/schedulers.ts";
import { type TickSpan, writeAccount } from "../broker/store/account.ts";
import { readOpenTicks } from "../broker/store/open-ticks.ts";
import { type Resumed, resumeStored, type SaidBy } from "../broker/store/pause-schedule.ts";
import { type CatchUp, planCatchUp } from "../cron/plan-catch-up.ts";
import { tickAfter, walkPlan } from "../cron/walk-plan.ts";
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
  /** Ticks of the pause without a run. */
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
  const resumed = await resumeStored(broker, place, { by, reason });
  if (!resumed) return { ...place, changed: false, caughtUp: [], missed: 0 };

  const { count, latest } = walkPlan(schedule, firstFrom(schedule, resumed.pause.atMs), resumed.atMs);
  const open = await readOpenTicks(broker, schedule, latest, { withOwn: true, withPassed: true });
  const toRun = planCatchUp(open, {
    catchUp: catchUp ?? schedule.catchUp,
    windowMs: catchUp === undefined ? schedule.catchUpWindowMs : undefined,
    nowMs: resumed.atMs,
    isServed: false,
  });
  const ids = await addRuns(broker, schedule, toRun);
  await account(broker, schedule, resumed, open, toRun);
  return {
    ...place,
    changed: true,
    caughtUp: toRun.map((tick, at) => ({ tick: new Date(tick).toISOString(), id: ids[at]! })),
    missed: count - latest.length + open.length - toRun.length,
  };
}

/** Ticks that workers met during the pause are recorded as missed already; the others are recorded now. */
async function account(
  broker: Broker,
  schedule: StoredSchedule,
  { atMs, upToMs = 0 }: Resumed,
  open: readonly number[],
  toRun: readonly number[],
): Promise<void> {
  const runs = new Set(toRun);
  const unseen = open.filter((tick) => tick >= upToMs && !runs.has(tick));
  await writeAccount(broker, {
    queue: schedule.queue,
    name: schedule.name,
    fromMs: undefined,
    toMs: firstFrom(schedule, atMs),
    missed: toSpan(unseen),
    unmissed: toRun.filter((tick) => tick < upToMs).length,
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

const toSpan = (ticks: readonly number[]): TickSpan | undefined =>
  ticks.length === 0 ? undefined : { count: ticks.length, firstMs: ticks[0]!, lastMs: ticks.at(-1)! };

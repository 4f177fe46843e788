import type { Broker } from "../broker/broker.ts";
import { addRuns } from "../broker/schedules/add-runs.ts";
import type { StoredSchedule } from "../broker/schedules/schedulers.ts";
import { writeAccount } from "../broker/store/account.ts";
import { readPaused, resumeStored, type SaidBy } from "../broker/store/pause-schedule.ts";
import type { CatchUp } from "../cron/plan-catch-up.ts";
import { checkReason } from "../definition/check-reason.ts";
import { findSchedule } from "./find.ts";
import { planResume, type ResumePlan } from "./plan-resume.ts";

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
  /** The runs that were enqueued for ticks of the pause and for those whose catch-up it held up, in the order of the ticks. */
  readonly caughtUp: readonly { readonly tick: string; readonly id: string }[];
  /** How many of these ticks get none. */
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
  const said = { by, reason: checkReason(reason ?? undefined) };

  for (;;) {
    const state = await readPaused(broker, place);
    if (!state) return { ...place, changed: false, caughtUp: [], missed: 0 };
    const plan = await planResume(broker, schedule, state, catchUp);
    // A worker that met a tick meanwhile has told of it: what is left is planned anew.
    if (!(await resumeStored(broker, place, said, state, plan.account))) continue;
    const caughtUp = await catchUpOn(broker, schedule, state.atMs, plan);
    return { ...place, changed: true, caughtUp, missed: plan.missed };
  }
}

/** Until it is done, these ticks are missed. */
async function catchUpOn(
  broker: Broker,
  schedule: StoredSchedule,
  atMs: number,
  { before, toRun, account: { toMs } }: ResumePlan,
): Promise<ResumedSchedule["caughtUp"]> {
  const ticks = [...before, ...toRun].sort((a, b) => a - b);
  if (ticks.length === 0) return [];
  await addRuns(broker, schedule, before);
  const ids = await addRuns(broker, schedule, toRun, atMs);
  const { queue, name } = schedule;
  const caughtUp = { count: ticks.length, firstMs: ticks[0]!, lastMs: ticks.at(-1)! };
  await writeAccount(broker, {
    ...{ queue, name, fromMs: undefined, toMs, reason: "paused" },
    ...{ missed: undefined, unmissed: ticks.length, caughtUp },
  });
  return toRun.map((tick, at) => ({ tick: new Date(tick).toISOString(), id: ids[at]! }));
}

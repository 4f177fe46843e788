import type { Broker } from "../broker/broker.ts";
import { createJobId } from "../broker/job-id.ts";
import { addManualRun } from "../broker/schedules/add-runs.ts";
import { noteManual } from "../broker/store/note-manual.ts";
import type { SaidBy } from "../broker/store/pause-schedule.ts";
import { checkReason } from "../definition/check-reason.ts";
import type { Receipt } from "../definition/enqueue.ts";
import { findSchedule } from "./find.ts";

export interface RunScheduleOptions extends SaidBy {
  /** Where two queues have a schedule of the name. */
  readonly queue?: string | undefined;
  /** Instead of the schedule's own. */
  readonly args?: object | undefined;
}

/** A run that was asked for. */
export interface ManualRun extends Receipt {
  /** The schedule. */
  readonly name: string;
}

/** Enqueues a run now, paused or not, beside those of its ticks: none is used up. Where runs may not overlap it waits for its turn. */
export async function runSchedule(
  broker: Broker,
  name: string,
  { queue, by, reason, args }: RunScheduleOptions,
): Promise<ManualRun> {
  const schedule = await findSchedule(broker, name, queue);
  const id = createJobId();
  const said = { by, reason: checkReason(reason ?? undefined) };
  await addManualRun(broker, { ...schedule, args: args ?? schedule.args }, id);
  await noteManual(broker, schedule, id, said);
  const runAt = new Date().toISOString();
  return { name, created: true, reason: null, id, job: schedule.job, queue: schedule.queue, state: "waiting", runAt };
}

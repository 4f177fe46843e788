import { addManualRun } from "../broker/add-runs.ts";
import type { Broker } from "../broker/broker.ts";
import { createJobId } from "../broker/job-id.ts";
import { noteManual } from "../broker/store/note-manual.ts";
import type { SaidBy } from "../broker/store/pause-schedule.ts";
import { findSchedule } from "./find.ts";

export interface RunScheduleOptions extends SaidBy {
  /** Where two queues have a schedule of the name. */
  readonly queue?: string | undefined;
}

/** A run that was asked for. */
export interface ManualRun {
  readonly name: string;
  readonly id: string;
  readonly job: string;
  readonly queue: string;
}

/** Enqueues a run now, paused or not, beside those of its ticks: none is used up. Where runs may not overlap it waits for its turn. */
export async function runSchedule(
  broker: Broker,
  name: string,
  { queue, by, reason }: RunScheduleOptions,
): Promise<ManualRun> {
  const schedule = await findSchedule(broker, name, queue);
  const id = createJobId();
  await addManualRun(broker, schedule, id);
  await noteManual(broker, schedule, id, { by, reason });
  return { name, id, job: schedule.job, queue: schedule.queue };
}

import type { Broker } from "../broker/broker.ts";
import { pauseStored, type SaidBy } from "../broker/store/pause-schedule.ts";
import type { SchedulePlace } from "../broker/store/schedule-place.ts";
import type { Pause } from "../broker/store/schedule-record.ts";
import { checkReason } from "../definition/check-reason.ts";
import { findSchedule } from "./find.ts";

export interface PauseScheduleOptions extends SaidBy {
  /** Where two queues have a schedule of the name. */
  readonly queue?: string | undefined;
}

/** A pause as commands print it. */
export interface SchedulePause {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly by: string;
  readonly reason: string | null;
}

export interface PausedSchedule {
  readonly name: string;
  readonly queue: string;
  /** False where it was paused already: then that pause holds, with its own words. */
  readonly changed: boolean;
  readonly paused: SchedulePause;
}

/** From now on no tick of the schedule begins a run, wherever its workers are. What runs goes on; `runSchedule` still works. */
export async function pauseSchedule(
  broker: Broker,
  name: string,
  options: PauseScheduleOptions,
): Promise<PausedSchedule> {
  return pauseFound(broker, await findSchedule(broker, name, options.queue), options);
}

/** The same of one that was found. */
export async function pauseFound(
  broker: Broker,
  { name, queue }: SchedulePlace,
  { by, reason }: SaidBy,
): Promise<PausedSchedule> {
  const { changed, pause } = await pauseStored(
    broker,
    { name, queue },
    { by, reason: checkReason(reason ?? undefined) },
  );
  return { name, queue, changed, paused: toPause(pause) };
}

/** A pause of the store as commands print it. */
export function toPause({ atMs, by, reason }: Pause): SchedulePause {
  return { at: new Date(atMs).toISOString(), by, reason };
}

import type { Broker } from "../broker/broker.ts";
import { findSchedules } from "./find-all.ts";
import { type PausedSchedule, type PauseScheduleOptions, pauseFound } from "./pause.ts";

/** Pauses every schedule that one of the names or patterns means. */
export async function pauseSchedules(
  broker: Broker,
  patterns: readonly string[],
  options: PauseScheduleOptions,
): Promise<PausedSchedule[]> {
  const found = await findSchedules(broker, patterns, options.queue);
  return Promise.all(found.map((schedule) => pauseFound(broker, schedule, options)));
}

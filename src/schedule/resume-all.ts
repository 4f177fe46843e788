import type { Broker } from "../broker/broker.ts";
import { findSchedules } from "./find-all.ts";
import { type ResumedSchedule, type ResumeScheduleOptions, resumeFound } from "./resume.ts";

/** Ends the pause of every schedule that one of the names or patterns means. */
export async function resumeSchedules(
  broker: Broker,
  patterns: readonly string[],
  options: ResumeScheduleOptions,
): Promise<ResumedSchedule[]> {
  const found = await findSchedules(broker, patterns, options.queue);
  return Promise.all(found.map((schedule) => resumeFound(broker, schedule, options)));
}

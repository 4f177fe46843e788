import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import type { SaidBy } from "./pause-schedule.ts";
import { scheduleKeys, scheduleLua } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";

const manual = `${scheduleLua}
local id, by, reason = ARGV[2], ARGV[3], ARGV[4]
note({ kind = 'manual', id = id, reason = reason ~= '' and (by .. ': ' .. reason) or by })`;

/** Keeps in a schedule's history that somebody asked for a run. */
export async function noteManual(
  broker: Broker,
  place: SchedulePlace,
  id: string,
  { by, reason }: SaidBy,
): Promise<void> {
  const keys = scheduleKeys(broker.prefix, place);
  await told(broker, () => broker[redisOf].eval(manual, 4, ...keys, broker.prefix, id, by, reason ?? ""));
}

import { isDeepStrictEqual } from "node:util";
import type { NewSchedule, StoredSchedule } from "../broker/schedulers.ts";

export interface Plan {
  readonly write: readonly { readonly schedule: NewSchedule; readonly before: StoredSchedule | undefined }[];
  readonly remove: readonly StoredSchedule[];
}

/**
 * What must change in the broker so that it holds the declared schedules of our app and no others of ours.
 * Equal ones are left alone: to write one again would lose its overdue run. Those of other apps are not touched.
 */
export function planSchedules(declared: readonly NewSchedule[], stored: readonly StoredSchedule[], app: string): Plan {
  const storedByKey = new Map(stored.map((schedule) => [keyOf(schedule), schedule]));
  const declaredKeys = new Set(declared.map(keyOf));

  return {
    write: declared
      .map((schedule) => ({ schedule, before: storedByKey.get(keyOf(schedule)) }))
      .filter(({ schedule, before }) => !isSame(schedule, before)),
    remove: stored.filter((schedule) => schedule.app === app && !declaredKeys.has(keyOf(schedule))),
  };
}

/** Whether the broker holds just what is declared. */
export function isSame(declared: NewSchedule, stored: StoredSchedule | undefined): boolean {
  return (
    stored !== undefined &&
    declared.app === stored.app &&
    declared.job === stored.job &&
    declared.cron === stored.cron &&
    declared.everyMs === stored.everyMs &&
    (declared.cron === undefined || declared.timezone === stored.timezone) &&
    declared.startMs === stored.startMs &&
    declared.endMs === stored.endMs &&
    (declared.jitterMs ?? 0) === (stored.jitterMs ?? 0) &&
    isDeepStrictEqual(declared.args, stored.args)
  );
}

/** One name may stand in two queues while a job moves from one to the other. */
export const keyOf = ({ queue, name }: { readonly queue: string; readonly name: string }): string => `${queue}:${name}`;

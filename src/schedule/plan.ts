import { isDeepStrictEqual } from "node:util";
import type { NewSchedule, StoredSchedule } from "../broker/schedules/schedulers.ts";

export interface Plan {
  /** `before`: what stands in its place, or stood in the queue that it moves from. */
  readonly write: readonly { readonly schedule: NewSchedule; readonly before: StoredSchedule | undefined }[];
  readonly remove: readonly StoredSchedule[];
  /** Declared, and not ours in the broker. */
  readonly foreign: readonly NewSchedule[];
}

/**
 * What must change in the broker so that it holds the declared schedules of our app and no others of ours.
 * Equal ones are left alone: to write one again would lose its overdue run. Those of other apps are not touched.
 */
export function planSchedules(declared: readonly NewSchedule[], stored: readonly StoredSchedule[], app: string): Plan {
  const storedByKey = new Map(stored.map((schedule) => [keyOf(schedule), schedule]));
  const declaredKeys = new Set(declared.map(keyOf));
  const remove = stored.filter((schedule) => schedule.app === app && !declaredKeys.has(keyOf(schedule)));
  const leaving = new Map(remove.map((schedule) => [schedule.name, schedule]));

  return {
    write: declared
      .map((schedule) => ({ schedule, twin: storedByKey.get(keyOf(schedule)) }))
      .filter(({ schedule, twin }) => !isSame(schedule, twin) && !isForeign(twin, app))
      .map(({ schedule, twin }) => ({ schedule, before: twin ?? leaving.get(schedule.name) })),
    remove,
    foreign: declared.filter((schedule) => isForeign(storedByKey.get(keyOf(schedule)), app)),
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
    declared.overlap === stored.overlap &&
    declared.catchUp === stored.catchUp &&
    declared.catchUpWindowMs === stored.catchUpWindowMs &&
    declared.priority === stored.priority &&
    (declared.cron === undefined || declared.timezone === stored.timezone) &&
    declared.startMs === stored.startMs &&
    declared.endMs === stored.endMs &&
    (declared.jitterMs ?? 0) === (stored.jitterMs ?? 0) &&
    isDeepStrictEqual(declared.args, stored.args)
  );
}

/** Another app's of the same name in the same queue is left alone; one that no app wrote is taken over. */
export function isForeign(stored: StoredSchedule | undefined, app: string): boolean {
  return stored?.app !== undefined && stored.app !== app;
}

/** One name may stand in two queues while a job moves from one to the other. */
export const keyOf = ({ queue, name }: { readonly queue: string; readonly name: string }): string => `${queue}:${name}`;

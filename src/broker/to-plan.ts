import type { TickPlan } from "../cron/walk-plan.ts";
import type { OurRepeatOptions } from "./repeat-strategy.ts";

/** When a schedule is due, as BullMQ's options say it: dates may be texts there. */
export function toPlan({ pattern, every, tz, startDate, endDate, jitterMs }: OurRepeatOptions = {}): TickPlan {
  return {
    cron: pattern,
    everyMs: every === undefined ? undefined : Number(every),
    timezone: tz,
    startMs: toMs(startDate),
    endMs: toMs(endDate),
    jitterMs,
  };
}

const toMs = (date: OurRepeatOptions["endDate"]): number | undefined =>
  date === undefined || date === null ? undefined : new Date(date).getTime();

import type { RepeatOptions } from "bullmq";
import type { TickPlan } from "../cron/walk-plan.ts";

/** BullMQ hands on what it does not know: so each run's successor has it too. */
export interface OurRepeatOptions extends RepeatOptions {
  readonly jitterMs?: number;
}

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

import type { Job } from "bullmq";
import type { TickPlan } from "../../cron/walk-plan.ts";
import { type OurRepeatOptions, toPlan } from "../to-plan.ts";
import type { RunMark } from "./add-runs.ts";
import { type ScheduleMark, type ScheduleRules, tickOf } from "./schedulers.ts";

/** What a job is to the schedule that it belongs to. */
export interface ScheduledRun {
  readonly schedule: string;
  /** The job's id in the broker. */
  readonly key: string;
  /** Undefined in a run that somebody asked for. */
  readonly tickMs: number | undefined;
  /** Whether the broker made it for its tick, or we made it for a tick that had passed, or at somebody's word. */
  readonly kind: "tick" | "catch-up" | "manual";
  /** As they were when it was made. */
  readonly rules: ScheduleRules;
  readonly plan: TickPlan;
}

/** The run of a schedule that a job is; undefined for all other jobs. */
export function scheduledRunOf({ id, repeatJobKey, opts }: Job): ScheduledRun | undefined {
  const mark = (opts as { taskq?: ScheduleMark & Partial<RunMark> } | undefined)?.taskq;
  const schedule = repeatJobKey ?? mark?.schedule;
  if (schedule === undefined) return undefined;
  const { repeat } = opts as { repeat?: OurRepeatOptions };
  return {
    schedule,
    key: id!,
    tickMs: repeatJobKey === undefined ? mark?.tick : tickOf(id!),
    kind: repeatJobKey !== undefined ? "tick" : mark?.tick === undefined ? "manual" : "catch-up",
    rules: {
      overlap: mark?.overlap ?? "skip",
      catchUp: mark?.catchUp ?? "once",
      catchUpWindowMs: mark?.catchUpWindowMs,
      priority: opts.priority ?? 0,
    },
    plan: toPlan(repeat),
  };
}

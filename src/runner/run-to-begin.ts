import type { ScheduledRun } from "../broker/schedules/scheduled-run.ts";
import type { ScheduleRules } from "../broker/schedules/schedulers.ts";
import type { RunToBegin } from "../broker/store/begin-run.ts";
import type { Delivery } from "../broker/worker/delivery.ts";
import { mostLate } from "../cron/most-late.ts";
import { tickAfter } from "../cron/walk-plan.ts";

/** What the store has to know of a job of a schedule, to say whether its run may begin. */
export function toRunToBegin({ queue, run }: Delivery, rules: ScheduleRules, unique: string | undefined): RunToBegin {
  const { schedule, key, tickMs, kind, plan } = run!;
  return {
    queue,
    name: schedule,
    id: key,
    tickMs,
    kind,
    overlap: rules.overlap,
    unique,
    mostLateMs: mostLate(rules.catchUp, rules.catchUpWindowMs),
    nextMs: tickMs === undefined || kind !== "tick" ? undefined : tickAfter(plan, tickMs),
    lastMs: lastOf(run!),
  };
}

/** BullMQ makes no next job once the end has come, by the clock of this process. */
function lastOf({ plan: { endMs, jitterMs = 0 } }: ScheduledRun): number | undefined {
  return endMs !== undefined && Date.now() > endMs ? endMs + jitterMs : undefined;
}

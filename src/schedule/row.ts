import type { StoredSchedule } from "../broker/schedules/schedulers.ts";
import type { LastRun, Pause, ScheduleRecord } from "../broker/store/schedule-record.ts";
import { lateMs } from "../cron/most-late.ts";
import type { CatchUp } from "../cron/plan-catch-up.ts";
import { redactKeys } from "../definition/redact.ts";
import type { Overlap } from "../definition/schedule.ts";
import { type SchedulePause, toPause } from "./pause.ts";

/** The latest run of a schedule that has ended. Times are ISO 8601 in UTC. */
export interface ScheduleLastRun {
  /** When it started. */
  readonly at: string;
  /** The tick that it ran for; null where somebody asked for it. */
  readonly tick: string | null;
  readonly outcome: "completed" | "failed";
  /** What the handler returned; null where it failed, or that was too long to keep with the schedule. */
  readonly result: unknown;
  /** Why it failed. */
  readonly error: string | null;
  readonly durationMs: number;
  readonly id: string;
}

/** One schedule, as `taskq schedule list` prints it. */
export interface ScheduleRow {
  readonly name: string;
  readonly job: string;
  readonly queue: string;
  readonly cron: string | null;
  readonly everyMs: number | null;
  readonly timezone: string;
  /** ISO 8601 in UTC; null where there is none, and then `reason` says why. */
  readonly next: string | null;
  readonly reason: string | null;
  /** Why the next run may not come; null where nothing speaks against it. */
  readonly warning: string | null;
  /** Its next run should have begun a minute ago or more. */
  readonly overdue: boolean;
  readonly last: ScheduleLastRun | null;
  /** Runs that have ended, the failed too. */
  readonly runs: number;
  readonly failed: number;
  readonly missed: number;
  readonly skipped: number;
  readonly overlap: Overlap;
  readonly catchUp: CatchUp;
  /** `ok`: declared here and in the broker. `new`: not in the broker yet. `changed`: the broker has an older one. `orphan`: ours, no longer declared. `foreign`: another app's. `ended`: its end has come. */
  readonly state: "ok" | "new" | "changed" | "orphan" | "foreign" | "ended";
  /** Whose it is; null where taskq did not write it. */
  readonly app: string | null;
  readonly paused: SchedulePause | null;
}

export interface RowParts {
  readonly schedule: StoredSchedule;
  readonly state: ScheduleRow["state"];
  readonly record: ScheduleRecord;
  /** Whether a live worker takes from its queue. */
  readonly isWorked: boolean;
  readonly redact: readonly string[];
}

/** What is declared, what the broker holds and what the store knows of one schedule, put together. */
export function toRow({ schedule, state, record, isWorked, redact }: RowParts): ScheduleRow {
  const { last, runs, failed, missed, skipped, paused } = record;
  const { name, job, queue, cron, everyMs, timezone, nextMs, overlap, catchUp, app } = schedule;
  const reason = whyNone(schedule, state, paused);

  return {
    name,
    job,
    queue,
    cron: cron ?? null,
    everyMs: everyMs ?? null,
    timezone: timezone ?? "UTC",
    next: reason === null ? toTime(nextMs!) : null,
    reason,
    warning: isWorked || reason !== null ? null : `no live worker takes from the queue ${queue}`,
    overdue: reason === null && Date.now() - nextMs! >= lateMs,
    last: last ? toLast(last, redact) : null,
    runs,
    failed,
    missed,
    skipped,
    overlap,
    catchUp,
    state,
    app: app ?? null,
    paused: paused ? toPause(paused) : null,
  };
}

/** Why a schedule has no next run; null where it has one. */
function whyNone(
  { nextMs, endMs }: StoredSchedule,
  state: ScheduleRow["state"],
  paused: Pause | undefined,
): string | null {
  if (paused) return `paused by ${paused.by}${paused.reason ? `: ${paused.reason}` : ""}`;
  if (nextMs !== undefined) return null;
  if (endMs === undefined || state === "new" || state === "changed") {
    return "not in the broker yet: `taskq run-worker` puts it there";
  }
  return endMs < Date.now() ? `ended at ${toTime(endMs)}` : `no run before its end at ${toTime(endMs)}`;
}

function toLast({ atMs, tickMs, outcome, resultJson, error, durationMs, id }: LastRun, redact: readonly string[]) {
  return {
    at: toTime(atMs),
    tick: tickMs === undefined ? null : toTime(tickMs),
    outcome,
    result: resultJson === undefined ? null : redactKeys(parse(resultJson), redact),
    error: error ?? null,
    durationMs,
    id,
  };
}

const toTime = (ms: number) => new Date(ms).toISOString();

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

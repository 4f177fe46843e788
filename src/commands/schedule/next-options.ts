import { checkCron } from "../../cron/check-cron.ts";
import { checkZone } from "../../cron/check-zone.ts";
import { joinCrons } from "../../cron/join-crons.ts";
import { parseMoment } from "../../cron/parse-moment.ts";
import { TaskqError } from "../../errors.ts";
import type { NextOptions } from "../../schedule/next-runs.ts";
import type { Planned } from "../../schedule/planned.ts";

const most = 1_000;

export interface NextFlags {
  readonly count?: string;
  readonly from?: string;
  readonly timezone?: string;
  readonly cron?: readonly string[];
  readonly stored?: boolean;
}

/** How many runs, from when, on whose clock. Throws USAGE. */
export function readNextOptions({ count = "5", from, timezone }: NextFlags, nowMs: number): NextOptions {
  const zone = timezone === undefined ? undefined : checkZone(timezone);
  if (zone !== undefined) throw new TaskqError("USAGE", zone);
  if (!/^\d{1,4}$/.test(count) || Number(count) < 1 || Number(count) > most) {
    throw new TaskqError("USAGE", `--count must be a whole number from 1 to ${most}, not "${count}"`);
  }
  const fromMs = from === undefined ? nowMs : parseMoment(from, { zone: timezone ?? "UTC" });
  if (fromMs !== undefined) return { count: Number(count), fromMs, zone: timezone };
  throw new TaskqError("USAGE", `--from must be a moment such as 2026-12-01 or 2026-12-01T08:00Z, not "${from}"`);
}

/** A schedule that nobody has declared yet. Throws USAGE. */
export function toBareSchedule(crons: readonly string[], timezone = "UTC"): Planned {
  for (const cron of crons) {
    const problem = checkCron(cron);
    if (problem !== undefined) throw new TaskqError("USAGE", problem);
    if (!/\bH\b/.test(cron)) continue;
    throw new TaskqError("USAGE", `the cron "${cron}" has an H, which is drawn from a schedule's name`, {
      hint: "Declare the schedule, and name it here instead.",
    });
  }
  const cron = joinCrons(crons.map((each) => each.trim()));
  return { name: cron, cron, everyMs: undefined, timezone };
}

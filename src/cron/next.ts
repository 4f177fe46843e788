import { CronExpressionParser } from "cron-parser";

export interface CronTime {
  /** Checked, and without `H`. */
  readonly cron: string;
  readonly timezone: string;
}

/** The next ticks after `from`, the soonest first. Fewer than asked for where no more come. */
export function nextRuns({ cron, timezone }: CronTime, from: Date, count: number): Date[] {
  const ticks = CronExpressionParser.parse(cron, { tz: timezone, currentDate: from });
  return ticks.take(count).map((tick) => tick.toDate());
}

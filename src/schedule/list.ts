/** One schedule, as `taskq schedule list` prints it. */
export interface ScheduleRow {
  readonly name: string;
  readonly job: string;
  readonly queue: string;
  readonly cron: string | null;
  readonly every: string | null;
  readonly timezone: string;
  /** ISO 8601 in UTC; null where there is none, and then `reason` says why. */
  readonly next: string | null;
  readonly reason: string | null;
  /** `ok`: declared here and in the broker. `new`: not in the broker yet. `changed`: the broker has an older one. `orphan`: ours, no longer declared. `foreign`: another app's. */
  readonly state: "ok" | "new" | "changed" | "orphan" | "foreign";
}

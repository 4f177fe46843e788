/** When a schedule by cron runs: what is declared, read to the end. */
export interface Timetable {
  /** One expression, or several as `joinCrons` joins them. */
  readonly cron: string;
  readonly timezone: string;
  /** No tick is before this moment. */
  readonly startMs?: number | undefined;
  /** No tick is after this moment. */
  readonly endMs?: number | undefined;
  /** So long after each tick the run is due. Default 0. */
  readonly jitterMs?: number | undefined;
}

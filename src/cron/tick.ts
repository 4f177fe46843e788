/** One moment at which a schedule is due. */
export interface Tick {
  readonly atMs: number;
  /** The time that its cron names, as `findWall` counts it. The clock shows another one where that is jumped over. */
  readonly wallMs: number;
}

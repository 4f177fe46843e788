/** One moment at which a schedule is due. */
export interface Tick {
  readonly atMs: number;
}

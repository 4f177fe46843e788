/** A job as it is put on its queue: only what the call said is stored beside the args. */
export interface NewJob {
  readonly id: string;
  /** The id was chosen by the caller, so that a namesake may exist. */
  readonly given: boolean;
  readonly job: string;
  readonly queue: string;
  readonly args: object;
  readonly delayMs: number;
  readonly priority: number;
  readonly attempts: number | undefined;
  readonly timeoutMs: number | undefined;
  /** No other unfinished job of the queue may have it. */
  readonly unique?: string | undefined;
  /** Takes the place of the job that has the unique key, if that one has not begun. */
  readonly replace?: boolean;
}

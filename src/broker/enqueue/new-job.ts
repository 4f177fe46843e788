/** A job as it is put on its queue: only what the call said is stored beside the args. */
export interface NewJob {
  readonly id: string;
  /** The id was chosen by the caller, so that a namesake may exist. */
  readonly given: boolean;
  readonly job: string;
  readonly queue: string;
  readonly args: object;
  /** What goes along with it. */
  readonly meta?: object | undefined;
  readonly delayMs: number;
  /** When it is to run, where the call said a time and not a delay. */
  readonly atMs?: number | undefined;
  readonly priority: number;
  readonly attempts: number | undefined;
  readonly timeoutMs: number | undefined;
  /** No other unfinished job of the queue may have it. */
  readonly unique?: string | undefined;
  /** Takes the place of the job that has the unique key, if that one has not begun. */
  readonly replace?: boolean;
}

/** How long a job has to wait that is written at this moment. */
export const waitOf = ({ delayMs, atMs }: Pick<NewJob, "delayMs" | "atMs">, nowMs: number): number =>
  atMs === undefined ? delayMs : Math.max(0, atMs - nowMs);

import type { TaskqErrorCode } from "../errors.ts";

/** Something in a file that a user has to mend. */
export interface Problem {
  readonly code: TaskqErrorCode;
  readonly message: string;
  readonly file: string | undefined;
  readonly hint?: string | undefined;
}

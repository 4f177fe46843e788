/**
 * Every failure that a user can mend, with the exit code it ends the process with.
 * 1: a job failed. 2: mend the command line or the files. 3: mend the broker, then try again. 4: no such thing.
 * What is not in this table is a bug of ours, and is shown with its stack.
 */
export const exitCodes = {
  USAGE: 2,
  CONFIG_NOT_FOUND: 2,
  CONFIG_INVALID: 2,
  FILE_INVALID: 2,
  NO_JOBS: 2,
  JOB_INVALID: 2,
  JOB_DUPLICATE: 2,
  JOB_UNNAMED: 2,
  SCHEDULE_INVALID: 2,
  SCHEDULE_DUPLICATE: 2,
  PROJECT_INVALID: 2,
  MANIFEST_INVALID: 2,
  ARGS_INVALID: 2,
  STATE_DUPLICATE: 2,
  HTTP_REFUSED: 2,
  STARTUP_FAILED: 1,
  UNCAUGHT: 1,
  HOOK_FAILED: 1,
  JOB_FAILED: 1,
  JOB_TIMEOUT: 1,
  JOB_INTERRUPTED: 1,
  JOB_CANCELLED: 1,
  JOB_UNREADABLE: 1,
  JOB_UNRECOVERABLE: 1,
  WAIT_TIMEOUT: 1,
  BROKER_UNREACHABLE: 3,
  BROKER_REFUSED: 3,
  BROKER_MISSING: 3,
  QUEUE_FOREIGN: 3,
  JOB_NOT_FOUND: 4,
  QUEUE_NOT_FOUND: 4,
  WORKER_NOT_FOUND: 4,
  SCHEDULE_NOT_FOUND: 4,
} as const;

export type TaskqErrorCode = keyof typeof exitCodes;

export interface TaskqErrorOptions {
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A failure that a user can mend: what is wrong, and what to do next. */
export class TaskqError extends Error {
  override readonly name = "TaskqError";
  readonly code: TaskqErrorCode;
  /** What to do next, as one imperative sentence. */
  readonly hint: string | undefined;

  constructor(code: TaskqErrorCode, message: string, { hint, cause }: TaskqErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}

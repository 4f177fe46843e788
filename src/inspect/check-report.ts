export interface CheckProblem {
  readonly code: string;
  readonly message: string;
  readonly file: string | null;
  readonly hint: string | null;
}

/** All that `taskq check` found, as it prints it. Nothing in it came from a broker. */
export interface CheckReport {
  readonly jobs: readonly { readonly name: string; readonly queue: string; readonly file: string }[];
  readonly schedules: readonly {
    readonly name: string;
    readonly job: string;
    readonly cron: string | null;
    readonly timezone: string;
    readonly file: string;
  }[];
  readonly queues: readonly string[];
  readonly hooks: readonly { readonly name: string; readonly kind: "startup" | "shutdown"; readonly file: string }[];
  readonly errors: readonly CheckProblem[];
  readonly warnings: readonly Omit<CheckProblem, "hint">[];
}

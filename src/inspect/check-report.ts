import type { Hook } from "../discovery/catalog.ts";
import type { Discovery } from "../discovery/discover.ts";

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
    readonly everyMs: number | null;
    readonly timezone: string;
    readonly file: string;
  }[];
  readonly queues: readonly string[];
  readonly hooks: readonly { readonly name: string; readonly kind: "startup" | "shutdown"; readonly file: string }[];
  readonly errors: readonly CheckProblem[];
  readonly warnings: readonly Omit<CheckProblem, "hint">[];
}

/** Where nothing could be looked at. */
export const emptyReport: CheckReport = { jobs: [], schedules: [], queues: [], hooks: [], errors: [], warnings: [] };

/** An error as the report has it. */
export const toProblem = ({
  code,
  message,
  file,
  hint,
}: Pick<CheckProblem, "code" | "message"> & Where): CheckProblem => ({
  code,
  message,
  file: file ?? null,
  hint: hint ?? null,
});

interface Where {
  readonly file?: string | undefined;
  readonly hint?: string | undefined;
}

/** What discovery found, as a report. */
export function toCheckReport({ catalog, problems }: Discovery): CheckReport {
  const { jobs, schedules, queues, startup, shutdown, warnings } = catalog;
  const toHook =
    (kind: "startup" | "shutdown") =>
    ({ name, file }: Hook) => ({ name, kind, file });

  return {
    jobs: jobs.map(({ name, queue, file }) => ({ name, queue, file })),
    schedules: schedules.map(({ name, job, cron, everyMs, timezone, file }) => ({
      name,
      job: job.name,
      cron: cron ?? null,
      everyMs: everyMs ?? null,
      timezone,
      file,
    })),
    queues,
    hooks: [...startup.map(toHook("startup")), ...shutdown.map(toHook("shutdown"))],
    errors: problems.map(toProblem),
    warnings,
  };
}

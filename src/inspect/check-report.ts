import { relative } from "node:path";
import { loadTls } from "../broker/load-tls.ts";
import { nearest } from "../definition/nearest.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { rootTlsUrl } from "../definition/tls-url.ts";
import type { Catalog, Hook } from "../discovery/catalog.ts";
import type { Discovery } from "../discovery/discover.ts";
import type { Problem } from "../discovery/problem.ts";
import { TaskqError } from "../errors.ts";

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
  /** Exports of tasks files that are no job, beside those that a warning names. */
  readonly ignored: number;
}

const nothing: Omit<CheckReport, "errors"> = {
  jobs: [],
  schedules: [],
  queues: [],
  hooks: [],
  warnings: [],
  ignored: 0,
};

/** Where the config is wrong, and so no file was looked for. */
export const toRefusal = ({ code, message, hint }: TaskqError): CheckReport => ({
  ...nothing,
  errors: [toProblem({ code, message, hint, file: undefined })],
});

/** What discovery found, as a report. */
export function toCheckReport({ catalog, problems, ignored }: Discovery, config: ResolvedConfig): CheckReport {
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
    errors: [...tlsProblems(config), ...problems.map(toProblem)],
    // Where a file could not be read, its jobs may be those of the queue.
    warnings: problems.length > 0 ? warnings : [...warnings, ...unusedQueues(catalog, config)],
    ignored,
  };
}

const toProblem = ({ code, message, file, hint }: Problem): CheckProblem => ({
  code,
  message,
  file: file ?? null,
  hint: hint ?? null,
});

/** A worker would not start without them. */
function tlsProblems({ broker, root }: ResolvedConfig): CheckProblem[] {
  try {
    loadTls(rootTlsUrl(broker, root));
    return [];
  } catch (error) {
    if (error instanceof TaskqError) return [...toRefusal(error).errors];
    throw error;
  }
}

/** No error: another project may have jobs there. */
function unusedQueues({ queues }: Catalog, { namedQueues, root, file = root }: ResolvedConfig) {
  const unused = namedQueues.filter((name) => !queues.includes(name));
  return unused.map((name) => {
    const meant = nearest(name, queues);
    const message = `no job of this project is on the queue "${name}"${meant === undefined ? "" : `: did you mean "${meant}"?`}`;
    return { code: "QUEUE_UNUSED", message, file: relative(root, file) };
  });
}

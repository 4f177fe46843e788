import type { Config } from "../definition/config.ts";

/** Flags of the command line that override the config. */
export interface Flags {
  readonly broker?: string | undefined;
  /** `10` for every queue, `mail=3` for one. */
  readonly concurrency?: readonly string[] | undefined;
  readonly shutdownTimeout?: string | undefined;
  readonly http?: string | undefined;
}

/** What else can say each key of the config, `null` for nothing: a new key does not compile until it says so. */
export const sources: {
  readonly [Key in keyof Config]-?: { readonly flag: keyof Flags | null; readonly env: `TASKQ_${string}` | null };
} = {
  app: { flag: null, env: "TASKQ_APP" },
  jobs: { flag: null, env: null },
  broker: { flag: "broker", env: "TASKQ_BROKER_URL" },
  prefix: { flag: null, env: "TASKQ_PREFIX" },
  timezone: { flag: null, env: "TASKQ_TIMEZONE" },
  defaults: { flag: null, env: null },
  queues: { flag: null, env: null },
  concurrency: { flag: "concurrency", env: "TASKQ_CONCURRENCY" },
  keepCompleted: { flag: null, env: null },
  keepFailed: { flag: null, env: null },
  shutdownTimeout: { flag: "shutdownTimeout", env: "TASKQ_SHUTDOWN_TIMEOUT" },
  abortGrace: { flag: null, env: "TASKQ_ABORT_GRACE" },
  startupTimeout: { flag: null, env: "TASKQ_STARTUP_TIMEOUT" },
  unknownJobGrace: { flag: null, env: "TASKQ_UNKNOWN_JOB_GRACE" },
  blockedLoopCap: { flag: null, env: "TASKQ_BLOCKED_LOOP_CAP" },
  traceRejections: { flag: null, env: null },
  maxArgsSize: { flag: null, env: "TASKQ_MAX_ARGS_SIZE" },
  redact: { flag: null, env: null },
  http: { flag: "http", env: "TASKQ_HTTP" },
  httpToken: { flag: null, env: "TASKQ_HTTP_TOKEN" },
  dashboardToken: { flag: null, env: "TASKQ_DASHBOARD_TOKEN" },
  hooks: { flag: null, env: null },
  telemetry: { flag: null, env: null },
  logger: { flag: null, env: null },
};

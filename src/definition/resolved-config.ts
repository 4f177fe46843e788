import type { TelemetrySettings } from "./config.ts";
import type { Hooks } from "./hooks.ts";
import type { EnqueueDefaults, JobOptions } from "./job.ts";
import type { Logger } from "./logger.ts";

/** Retention in BullMQ's measure: how many, and for how many seconds. */
export interface ResolvedRetention {
  readonly count: number;
  readonly age: number;
}

export interface ResolvedQueue {
  readonly concurrency: number;
  readonly keepCompleted: ResolvedRetention;
  readonly keepFailed: ResolvedRetention;
  /** Of all processes together. */
  readonly rateLimit: { readonly max: number; readonly perMs: number } | undefined;
  readonly globalConcurrency: number | undefined;
  /** The queue's layer of job options. */
  readonly options: JobOptions & EnqueueDefaults;
}

export interface HttpAddress {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
}

/** The config as the rest of taskq sees it: complete, checked once, frozen. Nobody below has a default. */
export interface ResolvedConfig {
  /** Absent where the process runs without a config file. */
  readonly file: string | undefined;
  /** The folder that globs start from and that discovery may not leave. */
  readonly root: string;
  readonly app: string;
  readonly jobs: readonly string[];
  /** A URL, or `embedded`. It may hold a password: never print it unmasked. */
  readonly broker: string;
  /** Whether anybody said so, or it is the default. */
  readonly isBrokerSaid: boolean;
  readonly prefix: string;
  readonly timezone: string;
  /** The layer of job options below all queues. */
  readonly defaults: JobOptions & EnqueueDefaults;
  /** Answers for every queue, also those the config does not name. */
  readonly queue: (name: string) => ResolvedQueue;
  /** Those that the config names. */
  readonly namedQueues: readonly string[];
  readonly shutdownTimeoutMs: number;
  readonly abortGraceMs: number;
  readonly startupTimeoutMs: number;
  readonly unknownJobGraceMs: number;
  readonly blockedLoopCapMs: number;
  readonly traceRejections: boolean;
  readonly redact: readonly string[];
  /** Absent where a worker serves nothing. */
  readonly http: HttpAddress | undefined;
  /** Never print it. */
  readonly httpToken: string | undefined;
  /** Never print it. */
  readonly dashboardToken: string | undefined;
  readonly hooks: Hooks;
  /** Absent where nobody wants it. */
  readonly telemetry: TelemetrySettings | undefined;
  readonly logger: Logger | undefined;
}

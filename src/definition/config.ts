import type { Duration } from "./duration.ts";
import type { Hooks } from "./hooks.ts";
import type { EnqueueDefaults, JobOptions } from "./job.ts";
import type { Logger } from "./logger.ts";
import type { Size } from "./size.ts";

/** How many finished jobs a queue keeps, and for how long. The stricter of the two wins. */
export interface Retention {
  readonly count?: number;
  readonly age?: Duration;
}

export interface RateLimit {
  readonly max: number;
  readonly per: Duration;
}

/** What OpenTelemetry is told, through the package bullmq-otel. */
export interface TelemetrySettings {
  /** Default `taskq`. */
  readonly tracerName?: string;
  /** Default `taskq`. */
  readonly meterName?: string;
  /** Of tracer and meter. Default none. */
  readonly version?: string;
  /** Whether BullMQ counts jobs and their durations too. Default false. */
  readonly metrics?: boolean;
}

export interface QueueSettings extends JobOptions, EnqueueDefaults {
  /** Jobs at once in one process. Default: the config's `concurrency`. */
  readonly concurrency?: number;
  readonly keepCompleted?: Retention;
  readonly keepFailed?: Retention;
  /** The most jobs that all processes together start in a time. Default: no limit. */
  readonly rateLimit?: RateLimit;
  /** The most jobs at once in all processes together. Default: no limit. */
  readonly globalConcurrency?: number;
}

/** `taskq.config.ts`: every key is optional. */
export interface Config {
  /** Who owns the schedules. Default: package.json's `name`. */
  readonly app?: string;
  /** Globs of the jobs folders, from the config's folder. Default: `src/app/domain`, any domain, `jobs`. */
  readonly jobs?: readonly string[];
  /** A URL (`redis://`, `rediss://host?ca=ca.pem`, `redis-sentinel://`, `unix:///path`) or `embedded`. Default: `TASKQ_BROKER_URL`, `REDIS_URL`, `redis://127.0.0.1:6379`. */
  readonly broker?: string | undefined;
  /** Of every key in the broker. Default `bull`, BullMQ's own. */
  readonly prefix?: string;
  /** Of schedules that name none. Default `UTC`. */
  readonly timezone?: string;
  /** Of every job: the layer below the queue's and the job's own. */
  readonly defaults?: JobOptions & EnqueueDefaults;
  readonly queues?: Readonly<Record<string, QueueSettings>>;
  /** Jobs at once in one process, of queues that say nothing. Default 10. */
  readonly concurrency?: number;
  /** Default 1,000 jobs or 24 h. */
  readonly keepCompleted?: Retention;
  /** Default 5,000 jobs or 14 days. */
  readonly keepFailed?: Retention;
  /** The whole time a worker has to close. Default 25 s. */
  readonly shutdownTimeout?: Duration;
  /** What a handler has after its signal aborted. Default 5 s, at most a fifth of `shutdownTimeout` when closing. */
  readonly abortGrace?: Duration;
  /** Of all startup files together. Default 60 s. */
  readonly startupTimeout?: Duration;
  /** How long a job whose name this process does not know is put back before it fails. Default 10 min. */
  readonly unknownJobGrace?: Duration;
  /** How long a blocked event loop keeps its jobs from being taken over; 0 for never. Default 2 min. */
  readonly blockedLoopCap?: Duration;
  /** Whether a rejection that nobody handles fails the job it belongs to. Costs a little before Node 24. Default true. */
  readonly traceRejections?: boolean;
  /** The largest args, of jobs for which nobody says more: bytes of JSON, or a text such as `64kb`. Default 1 MiB. */
  readonly maxArgsSize?: Size;
  /** Keys of args, progress and results that no output shows. Default none. */
  readonly redact?: readonly string[];
  /** Where a worker serves probes and metrics: a port, or `host:port`. Off when absent; the host's default is 127.0.0.1. */
  readonly http?: string | number | undefined;
  /** What `/metrics` and `/status` ask for. Required beyond loopback. */
  readonly httpToken?: string | undefined;
  /** What `taskq dashboard` asks for. Required beyond loopback. Default none. */
  readonly dashboardToken?: string | undefined;
  /** Functions that run around jobs. Default none. */
  readonly hooks?: Hooks;
  /** Whether calls and workers tell OpenTelemetry of each job, and how. It needs the package bullmq-otel. Default false. */
  readonly telemetry?: boolean | TelemetrySettings;
  /** Any pino-like logger. Default: pretty lines on a terminal, JSON lines elsewhere. */
  readonly logger?: Logger;
}

export interface ConfigContext {
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type ConfigInput = Config | ((context: ConfigContext) => Config | Promise<Config>);

/** Types a config; returns it as it is. */
export function defineConfig<const Input extends ConfigInput>(config: Input): Input {
  return config;
}

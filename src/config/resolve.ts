import { basename } from "node:path";
import { checkShape } from "../definition/check-shape.ts";
import type { Config, TelemetrySettings } from "../definition/config.ts";
import { parseDuration } from "../definition/duration.ts";
import type { ResolvedConfig, ResolvedRetention } from "../definition/resolved-config.ts";
import { TaskqError } from "../errors.ts";
import { configChecks } from "./check.ts";
import type { Environment } from "./environment.ts";
import { parseHttpAddress } from "./parse-http-address.ts";
import { createQueues } from "./queues.ts";
import { readEnv } from "./read-env.ts";
import { readFlags } from "./read-flags.ts";
import { mergeRetention } from "./retention.ts";
import type { Flags } from "./sources.ts";

export interface ResolveOptions {
  readonly file?: string | undefined;
  readonly root: string;
  readonly config: unknown;
  readonly env: Environment;
  readonly flags?: Flags | undefined;
  readonly packageName?: string | undefined;
}

const defaults = {
  jobs: ["src/app/domain/*/jobs"],
  broker: "redis://127.0.0.1:6379",
  prefix: "bull",
  timezone: "UTC",
  defaults: {},
  queues: {},
  concurrency: 10,
  shutdownTimeout: "25s",
  abortGrace: "5s",
  startupTimeout: "60s",
  unknownJobGrace: "10m",
  blockedLoopCap: "2m",
  traceRejections: true,
  redact: [],
  hooks: {},
  telemetry: false,
} as const satisfies Config;
const keptCompleted: ResolvedRetention = { count: 1_000, age: 24 * 3_600 };
const keptFailed: ResolvedRetention = { count: 5_000, age: 14 * 24 * 3_600 };

/** Lays defaults, file, environment and flags over each other, the later over the earlier, and checks all of it once. */
export function resolveConfig({ file, root, config, env, flags = {}, packageName }: ResolveOptions): ResolvedConfig {
  const ofEnv = readEnv(env);
  const ofFlags = readFlags(flags);
  const ofFile = checkShape(config, "", configChecks);
  const isBrokerSaid = [flags.broker, ofEnv.values.broker, Object(config).broker].some((said) => said !== undefined);
  const redisUrl = isBrokerSaid ? undefined : env.REDIS_URL || undefined;
  const ofRedisUrl = redisUrl === undefined ? [] : configChecks.broker(redisUrl, "REDIS_URL");
  const others = [...ofEnv.problems, ...ofRedisUrl, ...ofFlags.problems];
  refuse(file && others.length === 0 ? basename(file) : "the config", [...ofFile, ...others]);

  const said = {
    ...defaults,
    ...withoutUndefined({ app: packageName ?? basename(root), broker: redisUrl }),
    ...withoutUndefined(config as Config),
    ...ofEnv.values,
    ...withoutUndefined({ broker: ofFlags.broker, shutdownTimeout: ofFlags.shutdownTimeout, http: ofFlags.http }),
  } as Required<Config> & { readonly broker: string };
  const keepCompleted = mergeRetention(keptCompleted, said.keepCompleted);
  const keepFailed = mergeRetention(keptFailed, said.keepFailed);

  return Object.freeze({
    file,
    root,
    app: said.app,
    jobs: Object.freeze([...said.jobs]),
    broker: said.broker,
    isBrokerSaid: isBrokerSaid || redisUrl !== undefined,
    prefix: said.prefix,
    timezone: said.timezone,
    defaults: Object.freeze({
      ...withoutUndefined({ maxArgsSize: said.maxArgsSize }),
      ...withoutUndefined(said.defaults),
    }),
    queue: createQueues({ ...said, keepCompleted, keepFailed, flags: ofFlags }),
    namedQueues: Object.freeze(Object.keys(said.queues)),
    shutdownTimeoutMs: parseDuration(said.shutdownTimeout)!,
    abortGraceMs: parseDuration(said.abortGrace)!,
    startupTimeoutMs: parseDuration(said.startupTimeout)!,
    unknownJobGraceMs: parseDuration(said.unknownJobGrace)!,
    blockedLoopCapMs: parseDuration(said.blockedLoopCap)!,
    traceRejections: said.traceRejections,
    redact: Object.freeze([...said.redact]),
    http: parseHttpAddress(said.http),
    httpToken: said.httpToken,
    dashboardToken: said.dashboardToken,
    hooks: Object.freeze({ ...said.hooks }),
    telemetry: toTelemetry(said.telemetry),
    logger: said.logger,
  });
}

function toTelemetry(said: boolean | TelemetrySettings): TelemetrySettings | undefined {
  if (said === false) return undefined;
  return Object.freeze(said === true ? {} : { ...said });
}

function refuse(name: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  throw new TaskqError("CONFIG_INVALID", [`${name} has ${count}:`, ...problems].join("\n  "));
}

const withoutUndefined = <Values extends object>(values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;

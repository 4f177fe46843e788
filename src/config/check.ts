import { checkJobOptions, enqueueDefaultChecks, jobOptionChecks } from "../definition/check-job-options.ts";
import { checkQueueName } from "../definition/check-queue-name.ts";
import { type Check, checkShape } from "../definition/check-shape.ts";
import { checks } from "../definition/checks.ts";
import type { Config, QueueSettings, Retention } from "../definition/config.ts";
import { showValue } from "../definition/show-value.ts";
import { checkBroker } from "./check-broker.ts";
import { checkHooks } from "./check-hooks.ts";
import { checkHttpToken } from "./check-http-token.ts";
import { checkRateLimit } from "./check-rate-limit.ts";
import { checkTelemetry } from "./check-telemetry.ts";
import { checkTimezone } from "./check-timezone.ts";
import { parseHttpAddress } from "./parse-http-address.ts";

const retentionChecks: { readonly [Key in keyof Required<Retention>]: Check } = {
  count: checks.wholeFrom(0),
  age: checks.duration,
};

const checkRetention: Check = (value, path) => checkShape(value, path, retentionChecks);

const queueChecks: { readonly [Key in keyof Required<QueueSettings>]: Check } = {
  ...jobOptionChecks,
  ...enqueueDefaultChecks,
  concurrency: checks.wholeFrom(1),
  keepCompleted: checkRetention,
  keepFailed: checkRetention,
  rateLimit: checkRateLimit,
  globalConcurrency: checks.wholeFrom(1),
};

/** What each key of the config has to be. */
export const configChecks: { readonly [Key in keyof Config]-?: Check } = {
  app: checks.text,
  jobs: checks.texts,
  broker: checkBroker,
  prefix: checks.text,
  timezone: checkTimezone,
  defaults: (value, path) => checkJobOptions(value as object, path),
  queues: checkQueues,
  concurrency: checks.wholeFrom(1),
  keepCompleted: checkRetention,
  keepFailed: checkRetention,
  shutdownTimeout: checks.wait,
  abortGrace: checks.wait,
  startupTimeout: checks.wait,
  unknownJobGrace: checks.duration,
  blockedLoopCap: checks.wait,
  traceRejections: checks.flag,
  maxArgsSize: checks.size,
  redact: checks.texts,
  http: checks.must('a port or host:port such as "127.0.0.1:7433"', (value) => parseHttpAddress(value) !== undefined),
  httpToken: checkHttpToken,
  dashboardToken: checkHttpToken,
  hooks: checkHooks,
  telemetry: checkTelemetry,
  logger: checks.must("a logger with debug, info, warn and error", isLogger),
};

function checkQueues(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`${path} must be an object, not ${showValue(value)}`];
  }
  return Object.entries(value).flatMap(([name, queue]) => [
    ...checkQueueName(name, `a queue's name in ${path}`),
    ...(queue === undefined ? [] : checkShape(queue, `${path}.${name}`, queueChecks)),
  ]);
}

function isLogger(value: unknown): boolean {
  const logger = Object(value) as Record<string, unknown>;
  return ["debug", "info", "warn", "error"].every((level) => typeof logger[level] === "function");
}

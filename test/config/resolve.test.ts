import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ResolveOptions, resolveConfig } from "../../src/config/resolve.ts";

const resolve = (config: unknown, options: Partial<ResolveOptions> = {}) =>
  resolveConfig({ file: "/shop/taskq.config.ts", root: "/shop", config, env: {}, ...options });

test("an empty config has every default", () => {
  const { queue, ...config } = resolve({});
  expect(config).toEqual({
    file: "/shop/taskq.config.ts",
    root: "/shop",
    app: "shop",
    jobs: ["src/app/domain/*/jobs"],
    broker: "redis://127.0.0.1:6379",
    isBrokerSaid: false,
    prefix: "bull",
    timezone: "UTC",
    defaults: {},
    namedQueues: [],
    shutdownTimeoutMs: 25_000,
    abortGraceMs: 5_000,
    startupTimeoutMs: 60_000,
    unknownJobGraceMs: 600_000,
    blockedLoopCapMs: 120_000,
    traceRejections: true,
    redact: [],
    http: undefined,
    httpToken: undefined,
    dashboardToken: undefined,
    hooks: {},
    logger: undefined,
  });
  expect(queue("any")).toEqual({
    concurrency: 10,
    keepCompleted: { count: 1_000, age: 86_400 },
    keepFailed: { count: 5_000, age: 1_209_600 },
    options: {},
  });
});

test("the app is the package's name where the config names none", () => {
  expect(resolve({}, { packageName: "@acme/shop" }).app).toBe("@acme/shop");
  expect(resolve({ app: "till" }, { packageName: "@acme/shop" }).app).toBe("till");
});

test("a key whose value is undefined says nothing", () => {
  expect(resolve({ broker: undefined, concurrency: undefined }).broker).toBe("redis://127.0.0.1:6379");
});

test("a variable overrides the file, key by key, and an empty one says nothing", () => {
  const env = {
    TASKQ_APP: "env",
    TASKQ_PREFIX: "",
    TASKQ_TIMEZONE: "Europe/Berlin",
    TASKQ_CONCURRENCY: "3",
    TASKQ_SHUTDOWN_TIMEOUT: "9s",
    TASKQ_ABORT_GRACE: "1s",
    TASKQ_STARTUP_TIMEOUT: "2m",
    TASKQ_UNKNOWN_JOB_GRACE: "1h",
    TASKQ_MAX_ARGS_SIZE: "64kb",
  };
  const config = resolve({ app: "file", prefix: "file", concurrency: 20 }, { env });
  expect(config).toMatchObject({
    app: "env",
    prefix: "file",
    timezone: "Europe/Berlin",
    shutdownTimeoutMs: 9_000,
    abortGraceMs: 1_000,
    startupTimeoutMs: 120_000,
    unknownJobGraceMs: 3_600_000,
    defaults: { maxArgsSize: "64kb" },
  });
  expect(config.queue("any").concurrency).toBe(3);
  expect(resolve({}, { env: { TASKQ_MAX_ARGS_SIZE: "1000" } }).defaults).toEqual({ maxArgsSize: 1_000 });
});

test("a queue's own settings lie over the config's", () => {
  const { queue } = resolve({
    concurrency: 4,
    keepFailed: { age: "1h" },
    queues: { reports: { concurrency: 2, attempts: 3, keepFailed: { count: 7 }, keepCompleted: { age: "1500ms" } } },
  });
  expect(queue("reports")).toEqual({
    concurrency: 2,
    keepCompleted: { count: 1_000, age: 2 },
    keepFailed: { count: 7, age: 3_600 },
    options: { attempts: 3 },
  });
  expect(queue("constructor").concurrency).toBe(4);
});

test("--concurrency is of every queue, and queue=n of one", () => {
  const config = { concurrency: 4, queues: { mail: { concurrency: 5 }, slow: { concurrency: 1 } } };
  const one = resolve(config, { flags: { concurrency: ["mail=3"] } });
  expect(["mail", "slow", "any"].map((name) => one.queue(name).concurrency)).toEqual([3, 1, 4]);
  const both = resolve(config, { flags: { concurrency: ["mail=3", "8"] } });
  expect(["mail", "slow", "any"].map((name) => both.queue(name).concurrency)).toEqual([3, 8, 8]);
});

test("the broker is the flag's, else TASKQ_BROKER_URL's, else its file's, else the config's, else REDIS_URL's", () => {
  const secret = join(mkdtempSync(join(tmpdir(), "taskq-")), "url");
  writeFileSync(secret, "redis://secret\n");
  const all = { TASKQ_BROKER_URL: "redis://variable", TASKQ_BROKER_URL_FILE: secret, REDIS_URL: "redis://fallback" };
  const { TASKQ_BROKER_URL: _, ...noVariable } = all;
  const flags = { broker: "unix:///run/redis.sock", shutdownTimeout: "3s" };

  expect(resolve({ broker: "embedded" }, { env: all, flags })).toMatchObject({
    broker: flags.broker,
    shutdownTimeoutMs: 3_000,
  });
  expect(resolve({ broker: "embedded" }, { env: all }).broker).toBe("redis://variable");
  expect(resolve({ broker: "embedded" }, { env: noVariable }).broker).toBe("redis://secret");
  expect(resolve({ broker: "embedded" }, { env: { REDIS_URL: "redis://fallback" } }).broker).toBe("embedded");
  expect(resolve({}, { env: { REDIS_URL: "rediss://:pw@fallback:6380/2" } }).broker).toBe(
    "rediss://:pw@fallback:6380/2",
  );
});

test("http is the flag's, else TASKQ_HTTP's, else the config's, with 127.0.0.1 where no host is named", () => {
  const env = { TASKQ_HTTP: "0.0.0.0:81", TASKQ_HTTP_TOKEN: "of the environment".replaceAll(" ", "-") };
  expect(resolve({ http: 80 }).http).toEqual({ host: "127.0.0.1", port: 80 });
  expect(resolve({ http: 80 }, { env })).toMatchObject({
    http: { host: "0.0.0.0", port: 81 },
    httpToken: "of-the-environment",
  });
  expect(resolve({ http: 80 }, { env, flags: { http: "[::1]:82" } }).http).toEqual({ host: "::1", port: 82 });
});

test("the result is frozen, and the user's own objects are not", () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const defaults = { attempts: 2, backoff: { type: "fixed", delay: "1s" } };
  const config = resolve({ logger, defaults });
  expect([config, config.jobs, config.defaults, config.redact, config.queue("a")].every(Object.isFrozen)).toBe(true);
  expect([logger, defaults].some(Object.isFrozen)).toBe(false);
  expect(config.logger).toBe(logger);
});

test("a broker is said by any source, and the default is not", () => {
  expect(resolve({}).isBrokerSaid).toBe(false);
  expect(resolve({ broker: "redis://127.0.0.1:6379" }).isBrokerSaid).toBe(true);
  expect(resolve({}, { env: { REDIS_URL: "redis://redis" } }).isBrokerSaid).toBe(true);
});

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ResolveOptions, resolveConfig } from "../../src/config/resolve.ts";

const resolve = (config: unknown, options: Partial<ResolveOptions> = {}) =>
  resolveConfig({ file: "/shop/taskq.config.ts", root: "/shop", config, env: {}, ...options });

const refusal = (config: unknown, options: Partial<ResolveOptions> = {}) => {
  try {
    resolve(config, options);
  } catch (error) {
    expect(error).toMatchObject({ name: "TaskqError", code: "CONFIG_INVALID" });
    return (error as Error).message;
  }
  throw new Error("it was not refused");
};

test("all problems of the file come together, with what was meant", () => {
  expect(refusal({ concurrency: "many", concurency: 5 })).toBe(
    [
      "taskq.config.ts has 2 problems:",
      '  concurrency must be a whole number from 1, not "many" (string)',
      '  unknown key "concurency": did you mean "concurrency"?',
    ].join("\n"),
  );
});

test("one problem is one problem, and what is far from every key gets no guess", () => {
  expect(refusal({ colour: true })).toBe('taskq.config.ts has 1 problem:\n  unknown key "colour"');
});

test("each wrong value is named with its type", () => {
  const config = {
    app: "",
    jobs: "src",
    prefix: 5,
    timezone: "Europe/Berlim",
    defaults: { attempts: 0, retries: 3 },
    queues: {
      "a:b": {},
      taskq: {},
      mail: { concurrency: 0, keepFailed: { cuont: 1, age: "long" }, atempts: 2 },
      sms: 5,
    },
    keepCompleted: { count: -1 },
    shutdownTimeout: -5,
    abortGrace: null,
    maxArgsSize: 1.5,
    redact: [1],
    http: ":7433",
    httpToken: "hunter2",
    logger: console.log,
  };
  expect(refusal(config).split("\n  ")).toEqual([
    "taskq.config.ts has 21 problems:",
    'app must be a text, not "" (string)',
    'jobs must be an array of texts, not "src" (string)',
    "prefix must be a text, not 5 (number)",
    'timezone must be a time zone such as "Europe/Berlin", not "Europe/Berlim" (string): did you mean "Europe/Berlin"?',
    "defaults.attempts must be a whole number from 1, not 0 (number)",
    'unknown key "defaults.retries"',
    'a queue\'s name in queues must hold no colon, not "a:b" (string)',
    "a queue's name in queues may not be \"taskq\": the name is taskq's own",
    "queues.mail.concurrency must be a whole number from 1, not 0 (number)",
    'unknown key "queues.mail.keepFailed.cuont": did you mean "queues.mail.keepFailed.count"?',
    'queues.mail.keepFailed.age must be a duration such as "30s", not "long" (string)',
    'unknown key "queues.mail.atempts": did you mean "queues.mail.attempts"?',
    "queues.sms must be an object, not 5 (number)",
    "keepCompleted.count must be a whole number from 0, not -1 (number)",
    'shutdownTimeout must be a duration such as "30s", not -5 (number)',
    'abortGrace must be a duration such as "30s", not null',
    'maxArgsSize must be bytes, or a size such as "64kb", not 1.5 (number)',
    "redact must be an array of texts, not an array",
    'http must be a port or host:port such as "127.0.0.1:7433", not ":7433" (string)',
    "httpToken must be 16 or more letters, digits and signs, without a space (it is not quoted here)",
    "logger must be a logger with debug, info, warn and error, not a function",
  ]);
});

test("a queue's limits are checked, and both halves of a rate are needed", () => {
  const queues = {
    a: { rateLimit: { max: 0, per: 0 }, globalConcurrency: 0 },
    b: { rateLimit: { max: 5 } },
    c: { rateLimit: 5 },
  };
  expect(refusal({ queues }).split("\n  ")).toEqual([
    "taskq.config.ts has 5 problems:",
    "queues.a.rateLimit.max must be a whole number from 1, not 0 (number)",
    'queues.a.rateLimit.per must be a duration such as "1s", longer than zero, not 0 (number)',
    "queues.a.globalConcurrency must be a whole number from 1, not 0 (number)",
    "queues.b.rateLimit.per is missing",
    "queues.c.rateLimit must be an object, not 5 (number)",
  ]);
});

test.each([["https://hooks.example.com/x"], [{ command: ["notify", "-v"] }], [() => {}]])(
  "onFailed may be %j",
  (onFailed) => expect(resolve({ hooks: { onFailed } }).hooks).toEqual({ onFailed }),
);

test.each([["ftp://host"], ["https://user:pw@host"], [{ command: [] }], [{ command: "rm" }], [5]])(
  "onFailed may not be %j, and it is not quoted",
  (onFailed) =>
    expect(refusal({ hooks: { onFailed } })).toBe(
      'taskq.config.ts has 1 problem:\n  hooks.onFailed must be a function, an http:// or https:// URL without a password or { command: ["program", "arg"] }',
    ),
);

test("a hook is a function, and a mistyped one is named", () => {
  expect(refusal({ hooks: { aroundJob: 5, onComplete: () => {} } }).split("\n  ")).toEqual([
    "taskq.config.ts has 2 problems:",
    "hooks.aroundJob must be a function, not 5 (number)",
    'unknown key "hooks.onComplete": did you mean "hooks.onCompleted"?',
  ]);
});

test("what a process waits for itself is no longer than its timers can wait", () => {
  const waits = { shutdownTimeout: "25d", abortGrace: 2 ** 31, startupTimeout: "24d", blockedLoopCap: "4w" };
  expect(refusal(waits).split("\n  ").slice(1)).toEqual([
    'shutdownTimeout must be 24 days at most, not "25d" (string)',
    "abortGrace must be 24 days at most, not 2147483648 (number)",
    'blockedLoopCap must be 24 days at most, not "4w" (string)',
  ]);
});

test("variables and flags are named as the user wrote them", () => {
  const env = { TASKQ_CONCURRENCY: "many", TASKQ_ABORT_GRACE: "5", TASKQ_BROKER_URL_FILE: "/absent" };
  const flags = { concurrency: ["0", "mail=x", "=3", "a:b=1"], shutdownTimeout: "soon" };
  expect(refusal({}, { env, flags }).split("\n  ")).toEqual([
    "the config has 8 problems:",
    'TASKQ_CONCURRENCY must be a whole number from 1, not "many" (string)',
    'TASKQ_ABORT_GRACE must be a duration such as "30s", not "5" (string)',
    "TASKQ_BROKER_URL_FILE cannot be read: ENOENT: no such file or directory, open '/absent'",
    '--shutdown-timeout must be a duration such as "30s", not "soon" (string)',
    "--concurrency must be a whole number from 1, not 0 (number)",
    '--concurrency mail must be a whole number from 1, not "x" (string)',
    'the queue of --concurrency must be a text, not "" (string)',
    'the queue of --concurrency must hold no colon, not "a:b" (string)',
  ]);
});

test.each([
  ["http://u:pw@host", '"http://u:***@host" (string)'],
  ["u:pw@host:6379", '"***@host:6379" (string)'],
  ["redis://u:pw@host:99999", '"redis://u:***@host:99999" (string)'],
  ["unix://run/redis.sock", '"unix://run/redis.sock" (string)'],
  ["redis://", '"redis://" (string)'],
  ["", '"" (string): the variable that it comes from is probably empty'],
  [{ host: "h", password: "pw" }, "an object"],
])("%j is no broker, and its password is not shown", (broker, shown) => {
  expect(refusal({ broker })).toBe(
    `taskq.config.ts has 1 problem:\n  broker must be a redis://, rediss://, redis-sentinel:// or unix:// URL or "embedded", not ${shown}`,
  );
});

test("sentinels are named with what they watch", () => {
  expect(resolve({ broker: "redis-sentinel://s1,s2:26380/0?master=shop" }).broker).toBe(
    "redis-sentinel://s1,s2:26380/0?master=shop",
  );
  expect(refusal({ broker: "redis-sentinel://u:pw@s1:26379/0" })).toBe(
    'taskq.config.ts has 1 problem:\n  broker must be redis-sentinel://host:26379,host:26379/0?master=name, which names its sentinels and what they watch, not "redis-sentinel://u:***@s1:26379/0" (string)',
  );
});

test.each([
  "rediss://u:pw@h:6380/0?ca=/etc/ca.pem",
  "rediss://h?family=6&cert=worker.pem&key=worker.key",
  "rediss-sentinel://s1,s2/0?ca=ca.pem&master=shop",
])("%s names files of TLS", (broker) => expect(resolve({ broker }).broker).toBe(broker));

test.each([
  ["redis://u:pw@h/0?ca=/ca.pem", "a rediss:// URL, since it names `ca`"],
  ["redis-sentinel://u:pw@h?master=m&key=/k", "a rediss-sentinel:// URL, since it names `key`"],
  ["unix://u:pw@/run/redis?ca=/ca.pem", "a rediss:// URL, since it names `ca`"],
  ["rediss://u:pw@h?cert=/worker.pem", "a URL that names `key` too, since it names `cert`"],
  ["rediss://u:pw@h?key=/worker.key&ca=/ca", "a URL that names `cert` too, since it names `key`"],
  ["rediss://u:pw@h?ca=", "a URL with a file for `ca`"],
  ["rediss://u:pw@h?cert&key=k", "a URL with a file for `cert`"],
  ["rediss://u:pw@h?ca=a&ca=b", "a URL that names `ca` once"],
])("%s is refused for what it says of TLS", (broker, what) => {
  const shown = broker.replace(":pw", ":***");
  const problem = `must be ${what}, not "${shown}" (string)`;
  expect(refusal({ broker })).toBe(`taskq.config.ts has 1 problem:\n  broker ${problem}`);
  expect(refusal({}, { flags: { broker } })).toBe(`the config has 1 problem:\n  --broker ${problem}`);

  const file = join(mkdtempSync(join(tmpdir(), "taskq-")), "url");
  writeFileSync(file, broker);
  expect(refusal({}, { env: { TASKQ_BROKER_URL_FILE: file } })).toBe(
    `the config has 1 problem:\n  TASKQ_BROKER_URL_FILE must hold ${what}: ${file} does not`,
  );
});

test("a REDIS_URL is checked where it is used, and only there", () => {
  const env = { REDIS_URL: "localhost:6379" };
  expect(resolve({ broker: "embedded" }, { env }).broker).toBe("embedded");
  expect(refusal({}, { env })).toBe(
    'the config has 1 problem:\n  REDIS_URL must be a redis://, rediss://, redis-sentinel:// or unix:// URL or "embedded", not "localhost:6379" (string)',
  );
});

test("what the file of TASKQ_BROKER_URL_FILE holds is never quoted", () => {
  const file = join(mkdtempSync(join(tmpdir(), "taskq-")), "url");
  writeFileSync(file, "hunter2");
  expect(refusal({}, { env: { TASKQ_BROKER_URL_FILE: file } })).toBe(
    `the config has 1 problem:\n  TASKQ_BROKER_URL_FILE must hold a redis://, rediss://, redis-sentinel:// or unix:// URL or "embedded": ${file} does not`,
  );
});

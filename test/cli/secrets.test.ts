import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { commands } from "../../src/commands/index.ts";
import { createProject, type Project, taskq } from "../helpers/cli.ts";
import { startRedis, testRedis } from "../helpers/redis.ts";
import { findSecret } from "../helpers/secret.ts";
import { gate, setup } from "../helpers/setup.ts";

// That no run of any other test shows the password of its broker is seen to by test/helpers/cli.ts.
const secret = "hunter2hunter2";
const redis = await testRedis();
const url = redis.urlOf(`someone:${secret}`);
const jobs = { "shop/jobs/tasks.js": "export async function mark() {}" };
const project = createProject({ jobs });

/** Every command, with an argument where it needs one. */
const asked = await Promise.all(
  commands.map(async ({ name, load }) => {
    const { usage } = (await load()).default;
    const words = usage.replace("<job>", "shop.mark").replace(/<.+?>/g, "any").replace(/ \[.*/, "");
    return [name, words] as const;
  }),
);

interface RunOptions {
  readonly in?: Project;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs a command to its end and sweeps all that it prints. */
async function sweep(words: readonly string[], { in: { root, prefix } = project, env = {} }: RunOptions = {}) {
  const ended = await taskq(words, { cwd: root, prefix, env });
  expect(findSecret(ended.stdout + ended.stderr, secret), words.join(" ")).toBeUndefined();
  return ended;
}

describe("a wrong password is shown by no command", () => {
  const asking = ["run-worker", "enqueue", "stats", "job show", "worker list", "schedule list"];
  test.each(asked)("%s", async (name, words) => {
    const env = { TASKQ_BROKER_URL: url };
    const flags = asking.includes(name) ? ["--verbose", "--json"] : ["--verbose"]; // all are refused in the same words
    const runs = flags.map((flag) => sweep([...words.split(" "), flag], { env }));

    for (const { code, stderr } of await Promise.all(runs)) {
      if (!asking.includes(name)) continue;
      expect(code).toBe(3);
      expect(stderr).toMatch(/^error: Redis at redis:\/\/someone:\*\*\*@\S+ refuses: the password is wrong$/m);
    }
  });
});

describe("a password is shown wherever it came from by no message:", () => {
  const file = join(project.root, "broker-url");
  writeFileSync(file, `${url}\n`);
  writeFileSync(join(project.root, "other.env"), `TASKQ_BROKER_URL=${url}\n`);
  const ofConfig = createProject({ config: `export default { broker: ${JSON.stringify(url)} };`, jobs });

  test.each<[string, readonly string[], RunOptions]>([
    ["--broker", ["stats", "--broker", url], {}],
    ["TASKQ_BROKER_URL_FILE", ["stats"], { env: { TASKQ_BROKER_URL_FILE: file } }],
    ["REDIS_URL", ["stats"], { env: { REDIS_URL: url } }],
    ["an env file", ["stats", "--env-file", "other.env"], {}],
    ["the config", ["enqueue", "shop.mark"], { in: ofConfig }],
  ])("%s", async (_where, words, options) => {
    const { stderr, code } = await sweep([...words, "--verbose"], options);

    expect(stderr).toContain("refuses: the password is wrong");
    expect(code).toBe(3);
  });
});

describe("a URL that is none is quoted without its password:", () => {
  const malformed = [
    `http://me:${secret}@host`,
    `redis:/me:${secret}@host`,
    `redis//me:${secret}@host`,
    `me:${secret}@host:6379`,
    `redis://me:${secret}@host:port`,
    `redis://me:${secret}@`,
    `redis://me:${secret}`,
    `redis:me:${secret}`,
    `redis://:${secret}`,
    `redis://me:${secret}%@host`,
    `redis://me:#${secret}@host`,
    `redis://me:${secret}/1@host`,
    `redis://me:?${secret}@host`,
    `redis://me:a ${secret}@host`,
    `redis://me:${secret} a@host`,
    `redis://me:${secret}\n@host`,
    `"redis://me:${secret}@host"`,
    `unix://me:${secret}@nowhere`,
    `redis://me:${secret}@host/first`,
    `rediss://me:${secret}@[::1`,
    `redis://host/first?password=${secret}`,
  ];

  test.each(malformed)("%j", async (broker) => {
    const at = malformed.indexOf(broker);
    const file = join(project.root, `url-${at}`);
    writeFileSync(file, broker);
    const config = createProject({ config: `export default { broker: ${JSON.stringify(broker)} };` });
    // Each through one of the places that it may come from, in turn.
    const ways = [
      () => sweep(["stats", "--verbose", "--broker", broker]),
      () => sweep(["stats", "--verbose"], { env: { TASKQ_BROKER_URL: broker } }),
      () => sweep(["stats", "--verbose"], { env: { TASKQ_BROKER_URL_FILE: file } }),
      () => sweep(["stats", "--verbose"], { in: config }),
    ];

    const { stderr, code } = await ways[at % ways.length]!();
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: /)]);
  });
});

describe("what a file of the project throws is shown without the password:", () => {
  const quoted = JSON.stringify(url);
  const task = (body: string) => ({ jobs: { "shop/jobs/tasks.js": `export async function mark() { ${body} }` } });

  test.each([
    ["a config that throws", { config: `throw new Error("cannot use " + ${quoted});`, jobs }, ["check"]],
    ["a config that throws a text", { config: `throw ${quoted};`, jobs }, ["stats"]],
    ["a config that throws an object", { config: `throw { url: ${quoted} };`, jobs }, ["check", "--json"]],
    ["a config with a wrong key", { config: `export default { borker: ${quoted} };`, jobs }, ["check"]],
    ["a config with a broker in a list", { config: `export default { broker: [${quoted}] };`, jobs }, ["check"]],
    ["a config with a mistake in the line", { config: `export default { broker: ${quoted} !! };`, jobs }, ["check"]],
    ["a tasks file that throws", { jobs: { "shop/jobs/tasks.js": `throw new Error(${quoted});` } }, ["check"]],
    [
      "a tasks file with a mistake in the line",
      { jobs: { "shop/jobs/tasks.ts": `export const url: string = ${quoted} !!;` } },
      ["check", "--json"],
    ],
    [
      "a startup file that throws",
      { jobs: { ...jobs, "shop/jobs/startup.js": `export async function open() { throw new Error(${quoted}); }` } },
      ["run", "shop.mark"],
    ],
    ["a job that throws", task(`throw new Error(${quoted});`), ["run", "shop.mark", "--json"]],
  ])("%s", async (_what, options, words) => {
    const { code } = await sweep([...words, "--verbose"], { in: createProject(options) });

    expect([1, 2]).toContain(code);
  });
});

/** Jobs that use a Redis client of their own, and do not await what it says. */
function createClients(): Project {
  const created = createProject({
    broker: redis.url,
    jobs: {
      "shop/jobs/tasks.js": `
        import { Redis } from "ioredis";
        const redis = () => new Redis(${JSON.stringify(url)}, { retryStrategy: null }).on("error", () => {});
        export async function forget({}, { signal }) {
          redis().get("key");
          await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
        }
        export async function log({}, { log }) {
          const error = await redis().get("key").catch((error) => error);
          log.error({ error }, "no key");
        }
        export async function fail() { await redis().get("key"); }
      `,
    },
  });
  const home = fileURLToPath(new URL("../..", import.meta.url));
  symlinkSync(join(home, "node_modules/ioredis"), join(created.root, "node_modules/ioredis"));
  return created;
}

describe("an error of a Redis client, on which the password hangs, is shown without it", () => {
  test.each(["forget", "fail"])("when a job of `taskq run` does %s it", async (job) => {
    const { stderr, code } = await sweep(["run", `shop.${job}`, "--verbose"], { in: createClients() });

    expect(stderr).toMatch(/^error: .*WRONGPASS/m);
    expect(code).toBe(1);
  });

  test.each(["pretty", "json"])("in the %s log of a worker, and in what it keeps of the job", async (log) => {
    const clients = createClients();
    const env = { TASKQ_BROKER_URL: redis.url };
    const { id } = await clients.json("enqueue", "shop.log");
    await clients.taskq("enqueue", "shop.fail", "--attempts", "1");
    const first = await sweep(["run-worker", "--burst", "--verbose", "--log", log], { in: clients, env });
    await clients.taskq("enqueue", "shop.forget", "--attempts", "1");
    const second = await sweep(["run-worker", "--burst", "--verbose", "--log", log], { in: clients, env });

    expect(first.stdout.match(/WRONGPASS/g)?.length).toBeGreaterThanOrEqual(2);
    expect(second.stdout + second.stderr).toContain("WRONGPASS");
    expect([first.code, second.code]).toEqual([1, 1]);
    const kept = await sweep(["job", "show", id, "--json"], { in: clients, env });
    expect(kept.stdout).toContain("WRONGPASS");
  });

  test("at a worker's end by SIGTERM", async () => {
    const clients = createClients();
    const worker = clients.worker("--verbose");
    await worker.event("started");
    worker.signal("SIGTERM");

    expect(await worker.exited).toBe(0); // and its output has been swept
  });
});

describe("nothing that an application holds shows the password:", () => {
  const shown = (value: unknown) =>
    [inspect(value, { depth: 10, showHidden: true }), inspect(value, { depth: 10 }), JSON.stringify(value)].join("\n");
  const password = decodeURIComponent(new URL(redis.url).password);

  test("a client", async () => {
    await using client = await createClient({ cwd: project.root, broker: redis.url });

    expect(findSecret(shown(client), password)).toBeUndefined();
  });

  test("a broker and a service", async () => {
    await using app = await setup({ url: redis.url, jobs: { any: async () => {} } });
    const service = await app.start();

    expect(findSecret(shown([app.broker, service]), password)).toBeUndefined();
    expect(findSecret(shown(app.seen), password)).toBeUndefined();
  });

  test("what a handler is given", async () => {
    const { opened, open } = gate();
    let given: unknown;
    await using app = await setup({
      url: redis.url,
      jobs: {
        look: async (_args, context) => {
          given = context;
          open();
        },
      },
    });
    await app.start();
    await app.enqueue("look");
    await opened;

    expect(findSecret(shown(given), password)).toBeUndefined();
  });

  test("an error, whatever it is caused by", async () => {
    const gone = await startRedis();
    onTestFinished(gone.stop);
    const config = createProject({ config: `throw new Error(${JSON.stringify(url)});` });
    const errors = await Promise.all([
      createClient({ cwd: project.root, broker: url }).catch((error: unknown) => error),
      createClient({ cwd: config.root }).catch((error: unknown) => error),
    ]);

    expect(errors.map((error) => (error as { code?: string }).code)).toEqual(["BROKER_REFUSED", "CONFIG_INVALID"]);
    expect(findSecret(shown(errors), secret)).toBeUndefined();
  });
});

import { Redis } from "ioredis";
import { describe, expect, test } from "vitest";
import { createProject, taskq } from "../helpers/cli.ts";
import { startRedis, testRedis } from "../helpers/redis.ts";

const secret = "open-sesame";
const project = createProject({ jobs: { "shop/jobs/tasks.js": "export async function mark() {}" } });
const commands = ["enqueue shop.mark", "stats", "job show any", "worker list", "schedule list", "run-worker"];
const run = (words: string, broker: string) => taskq(words.split(" "), { cwd: project.root, broker });

// How long a command takes that needs no broker, on this machine as busy as it is now.
const startedMs = performance.now();
await project.taskq("check");
const startMs = 2 * (performance.now() - startedMs);

describe("a broker that is not there", async () => {
  const redis = await startRedis();
  await redis.stop();

  test.each(commands)("ends `taskq %s` at once", async (words) => {
    const startedMs = performance.now();

    expect(await run(words, redis.url)).toEqual({
      stdout: "",
      stderr: [
        `error: cannot reach Redis at ${redis.address}: connection refused`,
        "hint: Start it, or name another with `--broker <url>` or TASKQ_BROKER_URL.\n",
      ].join("\n"),
      code: 3,
    });
    expect(performance.now() - startedMs).toBeLessThan(startMs + 5_000);
  });
});

describe("a broker that is frozen", async () => {
  const redis = await testRedis();

  test.each(commands)("ends `taskq %s` within seconds", async (words) => {
    redis.freeze();
    const startedMs = performance.now();
    const ended = await run(words, redis.url);
    const tookMs = performance.now() - startedMs;
    redis.thaw();

    expect(ended).toEqual({
      stdout: "",
      stderr: [
        `error: cannot reach Redis at ${redis.address}: it does not answer`,
        "hint: Start it, or name another with `--broker <url>` or TASKQ_BROKER_URL.\n",
      ].join("\n"),
      code: 3,
    });
    expect(tookMs).toBeLessThan(startMs + 6_000);
  });
});

describe("a broker with a password", async () => {
  const redis = await testRedis();
  const address = redis.urlOf;

  test.each(commands)("refuses `taskq %s` with a wrong one, which is shown nowhere", async (words) => {
    const { stdout, stderr, code } = await run(`${words} --verbose`, address(`:${secret}`));

    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr: [
        `error: Redis at ${address(":***")} refuses: the password is wrong`,
        "hint: Correct the user and password in the broker's URL.\n",
      ].join("\n"),
      code: 3,
    });
    expect(stdout + stderr).not.toContain(secret);
  });

  test("refuses a wrong one on the command line, which is shown nowhere", async () => {
    const ended = await run(`stats --broker ${address(`someone:${secret}`)}`, redis.url);

    expect(ended).toEqual({
      stdout: "",
      stderr: [
        `error: Redis at ${address("someone:***")} refuses: the password is wrong`,
        "hint: Correct the user and password in the broker's URL.\n",
      ].join("\n"),
      code: 3,
    });
  });

  test("refuses whoever brings none", async () => {
    expect(await run("enqueue shop.mark", redis.urlOf())).toEqual({
      stdout: "",
      stderr: [
        `error: Redis at ${redis.urlOf()} refuses: it asks for a password`,
        "hint: Put it into the broker's URL: redis://:password@host.\n",
      ].join("\n"),
      code: 3,
    });
  });

  test("runs a worker with the right one, which its log does not show", async () => {
    const burst = await run("run-worker --burst --verbose", redis.url);

    expect(burst).toMatchObject({ stderr: "", code: 0 });
    expect(burst.stdout).toContain(`"broker":"${redis.address}"`);
  });
});

test("a broker's URL that is none is quoted without its password", async () => {
  const { stdout, stderr, code } = await run("stats", `http://me:${secret}@host`);

  expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  expect(stderr).toContain("TASKQ_BROKER_URL must be a redis://");
  expect(stderr).not.toContain(secret);
});

test.each(["stats", "job show any", "schedule list"])("`taskq %s` says what the user may not do", async (words) => {
  const redis = await startRedis({ refusals: true });
  const admin = new Redis(redis.adminUrl);
  await admin.call("ACL", "SETUSER", "limited", "on", `>${secret}`, "~*", "&*", "+@all", "-smembers");
  admin.disconnect();

  const { stdout, stderr, code } = await run(words, redis.urlOf(`limited:${secret}`));
  await redis.stop();

  expect({ stdout, code }).toEqual({ stdout: "", code: 3 });
  expect(stderr).toContain(`error: Redis at ${redis.urlOf("limited:***")} refuses: NOPERM`);
  expect(stderr).not.toContain(secret);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { defineJob } from "../../src/definition/job.ts";
import { startRedis, testPrefix, testRedis } from "../helpers/redis.ts";

const { url, adminUrl } = await testRedis();
const prefix = testPrefix();
const cwd = mkdtempSync(join(tmpdir(), "taskq-client-"));
mkdirSync(join(cwd, "src/app/domain/mail/jobs"), { recursive: true });
writeFileSync(join(cwd, "taskq.config.js"), `export default { prefix: ${JSON.stringify(prefix)} };`);
writeFileSync(
  join(cwd, "src/app/domain/mail/jobs/tasks.js"),
  "export async function send() {}\nexport async function digest() {}\n",
);
writeFileSync(join(cwd, "package.json"), '{"type":"module"}');
// What a machine that is busy may take beside; a call that hangs would take for ever.
const slackMs = 20_000;
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test("a job is enqueued by its name", async () => {
  await using client = await createClient({ cwd, broker: url });

  const receipt = await client.enqueue("mail.send", { to: "ada" }, { id: "by-name" });

  expect(receipt).toEqual({
    created: true,
    reason: null,
    id: "by-name",
    job: "mail.send",
    queue: "mail",
    state: "waiting",
    runAt: expect.stringMatching(/Z$/),
  });
  const redis = new Redis(adminUrl);
  expect(await redis.hmget(`${prefix}:mail:t-by-name`, "name", "data")).toEqual(["mail.send", '{"to":"ada"}']);
  redis.disconnect();
});

test("a job without args is enqueued by its name alone", async () => {
  await using client = await createClient({ cwd, broker: url });

  const { id } = await client.enqueue("mail.digest");

  expect(await client.job(id)).toMatchObject({ job: "mail.digest", args: {} });
});

test("an unknown name is JOB_NOT_FOUND, with the nearest as a hint", async () => {
  await using client = await createClient({ cwd, broker: url });

  await expect(client.enqueue("mail.sent", {})).rejects.toMatchObject({
    code: "JOB_NOT_FOUND",
    hint: expect.stringContaining("mail.send"),
  });
});

test("a job that was not discovered is JOB_UNNAMED", async () => {
  await using client = await createClient({ cwd, broker: url });

  await expect(client.enqueue(async () => {}, {})).rejects.toMatchObject({ code: "JOB_UNNAMED" });
});

test("another instance of a discovered job is that job by the name that it says", async () => {
  await using client = await createClient({ cwd, broker: url });
  const twin = defineJob({ name: "mail.digest", handler: async (_args: { to: string }) => {} });
  const stranger = defineJob({ name: "mail.nothing", handler: async () => {} });

  expect(await client.enqueue(twin, { to: "ada" })).toMatchObject({ created: true, job: "mail.digest", queue: "mail" });
  await expect(client.enqueue(stranger, {})).rejects.toMatchObject({ code: "JOB_UNNAMED" });
});

const refused: readonly (readonly [what: string, args: unknown, options: object, code: string])[] = [
  ["args that are no object", [1], {}, "ARGS_INVALID"],
  ["a BigInt", { a: { b: 1n } }, {}, "ARGS_INVALID"],
  ["a dangerous key", JSON.parse('{"a":{"__proto__":1}}'), {}, "ARGS_INVALID"],
  ["args of two megabytes", { text: "x".repeat(2_000_000) }, {}, "ARGS_INVALID"],
  ["an id with a colon", {}, { id: "a:b" }, "USAGE"],
  ["a negative priority", {}, { priority: -1 }, "USAGE"],
  ["a delay and a time", {}, { delay: "1s", at: new Date() }, "USAGE"],
  ["a time that is none", {}, { at: new Date("never") }, "USAGE"],
  ["a delay that is none", {}, { delay: "soon" }, "USAGE"],
  ["a time that is a text", {}, { at: "2030-01-01" }, "USAGE"],
  ["an option that no call has", {}, { prioritty: 3 }, "USAGE"],
  ["an option of a call that waits", {}, { attemptTimeout: "1s" }, "USAGE"],
  ["no attempts", {}, { attempts: 0 }, "USAGE"],
];

for (const [what, args, options, code] of refused) {
  test(`${what} is refused before anything is written`, async () => {
    await using client = await createClient({ cwd, broker: url });

    await expect(client.enqueue("mail.digest", args as object, options)).rejects.toMatchObject({ code });
  });
}

test("of an unknown option it is said which was meant", async () => {
  await using client = await createClient({ cwd, broker: url });
  const refusal = { message: 'the call has the unknown option "prioritty"', hint: "Did you mean priority?" };
  const options: object = { prioritty: 3 };

  await expect(client.enqueue("mail.digest", {}, options)).rejects.toMatchObject(refusal);
  await expect(client.enqueueMany("mail.digest", [], options)).rejects.toMatchObject(refusal);
  await expect(client.enqueueAndWait("mail.digest", {}, options)).rejects.toMatchObject(refusal);
});

test("a client of a broker that is not there says so within five seconds", async () => {
  const redis = await startRedis();
  await redis.stop();
  const startMs = performance.now();

  await expect(createClient({ cwd, broker: redis.url })).rejects.toMatchObject({ code: "BROKER_UNREACHABLE" });
  expect(performance.now() - startMs).toBeLessThan(5_000 + slackMs);
});

test("a call fails fast while the broker is frozen or gone, and works again when it is back", async () => {
  const redis = await startRedis();
  try {
    await using client = await createClient({ cwd, broker: redis.url });

    redis.freeze();
    await failsFast(() => client.enqueue("mail.send", {}));
    redis.thaw();
    await redis.kill();
    await failsFast(() => client.enqueue("mail.send", {}));
    await redis.restart();

    await expect.poll(() => client.enqueue("mail.send", {}).catch(() => undefined)).toBeDefined();
  } finally {
    await redis.stop();
  }
});

async function failsFast(call: () => Promise<unknown>): Promise<void> {
  const startMs = performance.now();
  await expect(call()).rejects.toMatchObject({ code: "BROKER_UNREACHABLE" });
  expect(performance.now() - startMs).toBeLessThan(5_000 + slackMs);
}

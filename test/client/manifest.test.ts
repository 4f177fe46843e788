import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { createClient } from "../../src/client/client.ts";
import { defineJob } from "../../src/definition/job.ts";
import { testPrefix, testRedis } from "../helpers/redis.ts";

const { url: broker } = await testRedis();
const redis = new Redis(broker);
const prefix = testPrefix();
/** A folder without a config and without jobs. */
const cwd = mkdtempSync(join(tmpdir(), "taskq-manifest-"));
afterAll(() => {
  redis.disconnect();
  rmSync(cwd, { recursive: true, force: true });
});

const manifest = {
  version: 1,
  app: "shop",
  prefix,
  maxArgsSize: 100,
  jobs: [
    { name: "mail.send", queue: "post", schema: null, priority: 7, delay: "1h" },
    { name: "reports.render", queue: "reports", schema: { type: "object" } },
  ],
};

test("a job of the manifest is enqueued by its name, with what the manifest says of it", async () => {
  await using client = await createClient({ cwd, broker, manifest });

  expect(await client.enqueue("mail.send", { to: "ada" }, { id: "one" })).toMatchObject({
    created: true,
    job: "mail.send",
    queue: "post",
    state: "delayed",
  });
  const [name, data, opts] = await redis.hmget(`${prefix}:post:t-one`, "name", "data", "opts");
  expect([name, data]).toEqual(["mail.send", '{"to":"ada"}']);
  expect(JSON.parse(opts!)).toMatchObject({ priority: 7, delay: 3_600_000 });
});

test("the call wins over the manifest", async () => {
  await using client = await createClient({ cwd, broker, manifest });

  const receipt = await client.enqueue("mail.send", {}, { delay: 0, priority: 0 });

  expect(receipt.state).toBe("waiting");
});

test("a name that the manifest lacks is JOB_NOT_FOUND, with the nearest", async () => {
  await using client = await createClient({ cwd, broker, manifest });

  await expect(client.enqueue("mail.sent", {})).rejects.toMatchObject({
    code: "JOB_NOT_FOUND",
    message: 'the manifest has no job named "mail.sent"',
    hint: expect.stringMatching(/^Did you mean mail\.send\?.*`taskq types`/),
  });
});

test("an object is known by its `name` alone; one without is JOB_UNNAMED, and told of `taskq types`", async () => {
  await using client = await createClient({ cwd, broker, manifest });
  const args = z.object({ page: z.number() });
  const render = defineJob({ name: "reports.render", args, handler: () => {} });

  expect(await client.enqueue(render, { page: 3 })).toMatchObject({ created: true, queue: "reports" });
  await expect(client.enqueue(render, { page: "3" } as never)).rejects.toMatchObject({ code: "ARGS_INVALID" });
  for (const stranger of [defineJob({ handler: () => {} }), async () => {}]) {
    await expect(client.enqueue(stranger, {})).rejects.toMatchObject({
      code: "JOB_UNNAMED",
      hint: expect.stringContaining("taskq types"),
    });
  }
});

test("args that are too large or no JSON object are refused", async () => {
  await using client = await createClient({ cwd, broker, manifest });

  const larger = { ...manifest, jobs: [{ ...manifest.jobs[0]!, maxArgsSize: 200 }] };
  await using other = await createClient({ cwd, broker, manifest: larger });

  expect(await other.enqueue("mail.send", { text: "x".repeat(100) })).toMatchObject({ created: true });
  for (const args of [{ text: "x".repeat(100) }, [1], { a: 1n }]) {
    await expect(client.enqueue("mail.send", args)).rejects.toMatchObject({ code: "ARGS_INVALID" });
  }
});

test.each([
  [{}, "version is missing"],
  [{ ...manifest, version: 2 }, "version must be 1, not 2 (number)"],
  [{ ...manifest, jobs: [{ name: "mail.send" }] }, "jobs[0].queue is missing"],
  [{ ...manifest, jobs: [{ name: "a", queue: "b:c" }] }, 'jobs[0].queue must hold no colon, not "b:c" (string)'],
  [[], "it must be an object, not an empty array"],
])("a manifest that is none is refused before anything is connected: %j", async (wrong, problem) => {
  await expect(createClient({ cwd, broker, manifest: wrong as never })).rejects.toMatchObject({
    code: "MANIFEST_INVALID",
    message: expect.stringContaining(problem),
  });
});

import { hostname } from "node:os";
import { QueueEvents } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { layerOptions } from "../../src/definition/effective-options.ts";
import { testRedis } from "../helpers/redis.ts";
import { createApp } from "./app.ts";

// What docs/coming-from/saq.md promises of jobs and queues, where no other test holds it.
const { url, adminUrl } = await testRedis();
const app = await createApp(url);
afterAll(() => app[Symbol.asyncDispose]());
const { client } = app;
await app.start();

test("without a word of anyone a job has one attempt of an hour, and survives ten interruptions", () => {
  expect(layerOptions()).toMatchObject({ attempts: 1, timeoutMs: 3_600_000, heartbeatMs: undefined });
  expect(layerOptions()).toMatchObject({ backoff: undefined, maxInterruptions: 10 });
});

test("no word is taken: args that are called like options are args, and nothing else", async () => {
  const args = {
    queue: "nowhere",
    timeout: 0,
    attempts: 0,
    delay: "1h",
    id: "a:b",
    priority: -1,
    key: 1,
    unique: true,
  };

  const { result, ...receipt } = await client.enqueueAndWait("work.echo", args);
  expect(result).toEqual(args);
  expect(receipt).toMatchObject({ created: true, queue: "work", state: "waiting" });
  expect(receipt.id).not.toBe(args.id);
});

test("a job runs not before its `at`", async () => {
  const at = new Date(Date.now() + 3_600_000);

  const { id, state, runAt } = await client.enqueue("work.echo", {}, { at });
  expect(state).toBe("delayed");
  expect(Math.abs(Date.parse(runAt) - at.getTime())).toBeLessThan(60_000);
  expect(await client.job(id)).toMatchObject({ state: "delayed" });
});

test("what becomes of a job is told under these names", async () => {
  const { id } = await client.enqueueAndWait("work.later", { ms: 50, n: 7 });
  const completed = (await client.job(id))!;
  expect(completed).toMatchObject({ id, job: "work.later", queue: "work", state: "completed", args: { ms: 50, n: 7 } });
  expect(completed).toMatchObject({ result: 7, attempts: { made: 1 }, interruptions: 0, progress: null });
  expect(completed.worker).toBe(`${hostname()}-${process.pid}`);
  expect(completed.error).toBeNull();
  expect(Date.parse(completed.startedAt!)).toBeGreaterThanOrEqual(Date.parse(completed.enqueuedAt));
  expect(Date.parse(completed.finishedAt!)).toBeGreaterThan(Date.parse(completed.startedAt!));
  expect(completed.durationMs).toBeGreaterThanOrEqual(45);

  await client.enqueueAndWait("work.fail", { why: "no paper" }, { id: "told" }).catch(() => {});
  expect(await client.job("told")).toMatchObject({
    state: "failed",
    error: { message: "no paper", stack: expect.stringContaining("tasks.js") },
    cancelled: null,
    result: null,
  });
});

test.each([
  ["id", { id: "shared" }, "exists"],
  ["unique key", { unique: "shared" }, "duplicate"],
])("who enqueues with the %s of a job that runs waits for that job", async (_what, options, reason) => {
  const { id } = await client.enqueue("work.later", { ms: 300, n: 1 }, options);

  const waited = await client.enqueueAndWait("work.later", { ms: 0, n: 2 }, options);
  expect(waited).toMatchObject({ created: false, reason, id, result: 1 });
});

test("one connection takes any number of calls at once", async () => {
  const redis = new Redis(adminUrl);
  const opened = async () => /total_connections_received:(\d+)/.exec(await redis.info("stats"))![1];
  const before = await opened();

  const receipts = await Promise.all(Array.from({ length: 500 }, (_none, n) => client.enqueue("work.echo", { n })));
  expect(receipts.every(({ created }) => created)).toBe(true);
  expect(await opened()).toBe(before);
  redis.disconnect();
});

test("BullMQ's own QueueEvents sees how a job ends", async () => {
  const { id } = await client.enqueue("work.echo", { seen: true });
  const connection = { url: adminUrl };
  const events = new QueueEvents("work", { connection, prefix: app.prefix, lastEventId: "0-0" });

  const end = await new Promise((resolve) => {
    events.on("completed", ({ jobId, returnvalue }) => jobId === `t-${id}` && resolve(returnvalue));
  });
  expect(end).toEqual({ seen: true });
  await events.close();
});

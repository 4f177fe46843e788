import { setTimeout as wait } from "node:timers/promises";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { startRedis, testRedis } from "../helpers/redis.ts";
import { createApp } from "./app.ts";

const { url, adminUrl } = await testRedis();

test("the result of a job comes back to its caller, with the receipt", async () => {
  await using app = await createApp(url);
  await app.start();

  expect(await app.client.enqueueAndWait("work.double", { n: 21 }, { timeout: "20s" })).toMatchObject({
    created: true,
    job: "work.double",
    queue: "work",
    result: { n: 42 },
  });
});

test("a wait ends within a moment of its job, for it is told and does not ask", async () => {
  await using app = await createApp(url);
  await app.start();
  await app.client.enqueueAndWait("work.double", { n: 1 });

  const durations = [];
  for (let n = 0; n < 20; n++) {
    const startMs = performance.now();
    await app.client.enqueueAndWait("work.double", { n });
    durations.push(performance.now() - startMs);
  }

  expect(durations.sort((a, b) => a - b)[10]).toBeLessThan(2_000); // to ask every five seconds would take longer
});

test("results arrive although the queue keeps none, and each of many callers gets its own", async () => {
  await using app = await createApp(url, "keepCompleted: { count: 0 }");
  await app.start();

  const answers = await Promise.all(
    Array.from({ length: 200 }, (_none, n) => app.client.enqueueAndWait("work.double", { n })),
  );

  expect(answers.map(({ result }) => (result as { n: number }).n)).toEqual(answers.map((_answer, n) => n * 2));
  expect(await app.client.count({ state: "completed" })).toBe(0);
});

test("all that one client waits for goes over one more connection, which is closed with it", async () => {
  await using app = await createApp(url);
  const redis = new Redis(adminUrl);
  const connections = async () =>
    String(await redis.client("LIST"))
      .trim()
      .split("\n").length;
  const before = await connections();
  const first = app.client.enqueueAndWait("work.double", { n: 1 });
  const second = app.client.enqueueAndWait("work.double", { n: 2 });
  await expect.poll(() => app.client.count({ state: "waiting" })).toBe(2);

  expect(await connections()).toBe(before + 1);

  await app.start();
  await Promise.all([first, second]);
  await app.client.close();
  expect(await redis.keys(`${app.prefix}:taskq:inbox:*`)).toEqual([]);
  redis.disconnect();
});

test("a job that fails rejects with JOB_FAILED and its message", async () => {
  await using app = await createApp(url);
  await app.start();

  await expect(app.client.enqueueAndWait("work.fail", { why: "no paper" })).rejects.toMatchObject({
    code: "JOB_FAILED",
    message: "work.fail failed: no paper",
    cause: expect.stringContaining("tasks.js"),
  });
});

test("a job that is tried again is waited for until its last attempt", async () => {
  await using app = await createApp(url, 'defaults: { attempts: 3, backoff: { type: "fixed", delay: "50ms" } }');
  await app.start();

  await expect(app.client.enqueueAndWait("work.fail", { why: "no" }, { id: "thrice" })).rejects.toThrow("no");
  expect(await app.client.job("thrice")).toMatchObject({ state: "failed", attempts: { made: 3 } });
});

test("a wait that runs out says the id, and the job goes on", async () => {
  await using app = await createApp(url);

  await expect(
    app.client.enqueueAndWait("work.double", { n: 1 }, { timeout: "50ms", id: "patient" }),
  ).rejects.toMatchObject({ code: "WAIT_TIMEOUT", message: expect.stringContaining("patient") });
  expect(await app.client.job("patient")).toMatchObject({ state: "waiting" });
});

test("a job that was cancelled, or removed, ends the wait for it", async () => {
  await using app = await createApp(url);
  const cancelled = app.client.enqueueAndWait("work.double", { n: 1 }, { id: "one" });
  const removed = app.client.enqueueAndWait("work.double", { n: 1 }, { id: "two" });
  const outcomes = Promise.allSettled([cancelled, removed]);
  await expect.poll(() => app.client.count({ state: "waiting" })).toBe(2);

  await app.client.cancel("one", { reason: "no need" });
  const redis = new Redis(adminUrl);
  const { Queue } = await import("bullmq");
  const queue = new Queue("work", { connection: redis, prefix: app.prefix });
  await queue.remove("t-two");
  await queue.close();
  redis.disconnect();

  expect(await outcomes).toMatchObject([
    { reason: { code: "JOB_CANCELLED", message: expect.stringContaining("no need") } },
    { reason: { code: "JOB_NOT_FOUND" } },
  ]);
});

test("a namesake that has ended already answers at once", async () => {
  await using app = await createApp(url);
  await app.start();
  await app.client.enqueueAndWait("work.double", { n: 2 }, { id: "same" });

  expect(await app.client.enqueueAndWait("work.double", { n: 9 }, { id: "same" })).toMatchObject({
    created: false,
    reason: "finished",
    result: { n: 4 },
  });
});

test("args that do not fit are refused before anything is written", async () => {
  await using app = await createApp(url);

  await expect(app.client.enqueueAndWait("work.double", { n: 1n })).rejects.toMatchObject({ code: "ARGS_INVALID" });
  await expect(app.client.enqueueAndWait("work.double", {}, { timeout: "soon" })).rejects.toMatchObject({
    code: "USAGE",
    message: expect.stringContaining('"soon"'),
  });
  expect(await app.client.count()).toBe(0);
});

test("a job that ends while its caller's connections are cut is heard of when they are back", async () => {
  await using app = await createApp(url);
  await app.start();
  const answer = app.client.enqueueAndWait("work.later", { ms: 300, n: 7 }, { timeout: "30s" });
  await expect.poll(() => app.client.count({ state: "active" })).toBe(1);
  const redis = new Redis(adminUrl);
  for (let i = 0; i < 3; i++) {
    await redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    await wait(100);
  }
  redis.disconnect();

  expect(await answer).toMatchObject({ result: 7 });
});

test("an end that was trimmed from the events before it was read is found in the job itself", async () => {
  const redis = await startRedis();
  try {
    await using app = await createApp(redis.url);
    const raw = new Redis(redis.adminUrl);
    const answer = app.client.enqueueAndWait("work.double", { n: 4 }, { timeout: "30s", id: "found" });
    await expect.poll(() => app.client.count({ state: "waiting" })).toBe(1);
    // As BullMQ leaves it, without the event.
    const done = ["finishedOn", String(Date.now()), "returnvalue", '{"n":8}'];
    await raw
      .multi()
      .lrem(`${app.prefix}:work:wait`, 1, "t-found")
      .hset(`${app.prefix}:work:t-found`, ...done)
      .exec();
    await raw.zadd(`${app.prefix}:work:completed`, Date.now(), "t-found");
    raw.disconnect();

    expect(await answer).toMatchObject({ result: { n: 8 } });
  } finally {
    await redis.stop();
  }
});

test("a job that is there already is waited for by its id, whoever enqueued it", async () => {
  await using app = await createApp(url);
  const { id } = await app.client.enqueue("work.double", { n: 21 });
  const raw = new Queue("work", { connection: { url: adminUrl }, prefix: app.prefix });
  await raw.add("work.double", { n: 4 }, { jobId: "raw-4" });
  const waiting = Promise.all([app.client.wait<{ n: number }>(id), app.client.wait("raw-4", { timeout: "60s" })]);

  await app.start();

  expect(await waiting).toEqual([
    { id, job: "work.double", queue: "work", result: { n: 42 } },
    { id: "raw-4", job: "work.double", queue: "work", result: { n: 8 } },
  ]);
  await raw.close();
});

test("one that has ended is told of at once, as it ended", async () => {
  await using app = await createApp(url);
  await app.start();
  const { id } = await app.client.enqueueAndWait("work.double", { n: 1 });
  const failed = await app.client.enqueue("work.fail", { why: "no paper" });
  await expect(app.client.wait(failed.id)).rejects.toMatchObject({ code: "JOB_FAILED" });

  expect(await app.client.wait(id)).toMatchObject({ result: { n: 2 } });
  await expect(app.client.wait(failed.id)).rejects.toMatchObject({
    code: "JOB_FAILED",
    message: "work.fail failed: no paper",
  });
});

test("a wait for a job that nobody has ends at once, and one may be given up or run out of time", async () => {
  await using app = await createApp(url);
  const { id } = await app.client.enqueue("work.double", { n: 1 });

  await expect(app.client.wait("no-such-job")).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
  await expect(app.client.wait(id, { timeout: 50 })).rejects.toMatchObject({ code: "WAIT_TIMEOUT" });
  await expect(app.client.wait(id, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
    name: "TimeoutError",
  });
  expect(await app.client.job(id)).toMatchObject({ state: "waiting" });
});

test("a client that is closed leaves no wait open: each is rejected, and the jobs go on", async () => {
  await using app = await createApp(url);
  const [id, of] = ["open", { n: 1 }];
  const waits = Promise.allSettled([
    app.client.enqueueAndWait("work.double", of, { id }),
    app.client.map("work.double", [of, of]),
    app.client.map("work.double", [of, of, of], { onError: "collect", concurrency: 2 }),
  ]);
  await expect.poll(() => app.client.count({ state: "waiting" })).toBe(5);
  const late = app.client.wait(id).catch((error) => error);

  await app.client.close();

  const told = { code: "WAIT_TIMEOUT", message: expect.stringContaining("before the client was closed; it goes on") };
  const [one, thrown, collected] = await waits;
  expect(one).toMatchObject({ reason: { ...told, message: expect.stringContaining("work.double id=open") } });
  expect(thrown).toMatchObject({ reason: told });
  expect(collected).toMatchObject({ value: [{ error: told }, { error: told }, { error: expect.any(Error) }] });
  expect(await late).toBeInstanceOf(Error);
  await expect(app.client.wait(id)).rejects.toThrow();
  await expect(app.client.enqueueAndWait("work.double", of)).rejects.toThrow();
});

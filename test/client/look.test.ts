import { Redis } from "ioredis";
import { expect, test } from "vitest";
import type { JobsOptions } from "../../src/client/look.ts";
import { testRedis } from "../helpers/redis.ts";
import { createApp } from "./app.ts";

const { url, adminUrl } = await testRedis();

test("jobs are listed beyond one page, each once, the next to run first", async () => {
  await using app = await createApp(url);
  const ids = Array.from({ length: 250 }, (_none, n) => `job-${n}`);
  for (const id of ids) await app.client.enqueue("work.double", { n: 1 }, { id });

  expect(await list({ state: "waiting" })).toEqual(ids);
  expect(await list({ state: "waiting", limit: 3 })).toEqual(ids.slice(0, 3));
  expect(await list({ queue: "other" })).toEqual([]);

  async function list(options: JobsOptions) {
    const listed = [];
    for await (const { id } of app.client.jobs(options)) listed.push(id);
    return listed;
  }
});

test("whoever cancels each job that is listed gets all of them", async () => {
  await using app = await createApp(url);
  await app.client.enqueueMany(
    "work.double",
    Array.from({ length: 250 }, (_none, n) => ({ n })),
  );

  let count = 0;
  for await (const { id } of app.client.jobs({ state: "waiting" })) {
    await app.client.cancel(id);
    count++;
  }
  expect(count).toBe(250);
  expect(await app.client.count({ state: "waiting" })).toBe(0);
});

test("a job that has left the state before its turn is not listed", async () => {
  await using app = await createApp(url);
  const ids = Array.from({ length: 101 }, (_none, n) => `job-${n}`);
  for (const id of ids) await app.client.enqueue("work.double", { n: 1 }, { id });

  const listed: string[] = [];
  for await (const { id } of app.client.jobs({ state: "waiting" })) {
    if (listed.length === 0) await app.client.cancel("job-100");
    listed.push(id);
  }
  expect(listed).toEqual(ids.slice(0, 100));
});

test("jobs are counted and listed by state", async () => {
  await using app = await createApp(url);
  await app.client.enqueue("work.double", { n: 1 }, { id: "now" });
  await app.client.enqueue("work.double", { n: 1 }, { id: "later", delay: "1h" });
  await app.client.enqueue("work.double", { n: 1 }, { id: "first", priority: 1 });

  const states: Record<string, string> = {};
  for await (const { id, state } of app.client.jobs()) states[id] = state;
  expect(states).toEqual({ now: "waiting", later: "delayed", first: "prioritized" });
  expect(await app.client.count()).toBe(3);
  expect(await app.client.count({ state: "delayed", queue: "work" })).toBe(1);
  expect(await app.client.count({ state: "completed" })).toBe(0);
});

test("a job is told as job show tells it, of many without their flows, and with nothing hidden", async () => {
  await using app = await createApp(url, 'redact: ["n"],');
  await app.client.enqueue("work.double", { n: 1 }, { id: "now" });

  const job = await app.client.job("now");
  expect(job).toEqual({
    id: "now",
    job: "work.double",
    queue: "work",
    state: "waiting",
    args: { n: 1 },
    meta: null,
    attempts: { made: 0, max: null },
    interruptions: 0,
    progress: null,
    result: null,
    error: null,
    cancelled: null,
    enqueuedAt: expect.stringMatching(/^20.*Z$/),
    runAt: null,
    startedAt: null,
    finishedAt: null,
    durationMs: null,
    worker: null,
    schedule: null,
    parent: null,
    children: [],
    logs: [],
    logCount: 0,
  });
  const { parent, children, ...stored } = job!;
  for await (const each of app.client.jobs()) expect(each).toEqual(stored);
  expect.assertions(2);
});

test("a job that is not there is undefined, and a state that is none is refused", async () => {
  await using app = await createApp(url);

  expect(await app.client.job("nobody")).toBeUndefined();
  await expect(app.client.count({ state: "pending" as "waiting" })).rejects.toMatchObject({ code: "USAGE" });
  await expect(app.client.jobs({ limit: 0 })[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "USAGE" });
});

test("a record that cannot be read does not hide the others", async () => {
  await using app = await createApp(url);
  await app.client.enqueue("work.double", { n: 1 }, { id: "poisoned" });
  await app.client.enqueue("work.double", { n: 1 }, { id: "whole" });
  const redis = new Redis(adminUrl);
  await redis.hset(`${app.prefix}:work:t-poisoned`, "data", "{not json");
  redis.disconnect();

  const ids = [];
  for await (const { id } of app.client.jobs()) ids.push(id);
  expect(ids).toEqual(["whole"]);
  for await (const { id } of app.client.jobs({ limit: 1 })) expect(id).toBe("whole");
  expect.assertions(2);
});

import { expect, test } from "vitest";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { readQueueStats } from "../../src/inspect/queue-stats.ts";
import { testRedis } from "../helpers/redis.ts";
import { type App, gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const all: string[] = [];

test("each state is counted", async () => {
  const release = gate();
  await using app = await setup({
    url,
    jobs: { good: async () => {}, bad: () => Promise.reject(new Error("no")), hold: () => release.opened },
    config: { concurrency: 1 },
  });
  await app.enqueue("good");
  await app.enqueue("bad");
  await app.enqueue("hold");
  await app.start();
  await app.event("active", 3);
  await app.enqueue("good");
  await app.enqueue("good");
  await app.enqueue("good", {}, { priority: 5 });
  await app.enqueue("good", {}, { delay: "1h" });

  const stats = await readQueueStats(app.broker, all);

  expect(stats).toMatchObject([
    {
      queue: "work",
      paused: false,
      workers: 1,
      waiting: 2,
      prioritized: 1,
      delayed: 1,
      active: 1,
      failed: 1,
      completed: 1,
      waitingChildren: 0,
    },
  ]);
  expect(stats[0]!.oldestWaitingMs).toBeGreaterThanOrEqual(0);
  release.open();
});

test("a queue that a client alone has used is counted, and has no worker", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.enqueue("any");

  expect(await readQueueStats(app.broker, all)).toMatchObject([{ queue: "work", workers: 0, waiting: 1 }]);
});

test("an empty queue has no oldest job", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.start();

  expect(await readQueueStats(app.broker, all)).toMatchObject([{ waiting: 0, active: 0, oldestWaitingMs: null }]);
});

test("a job that BullMQ has delayed leaves no phantom in waiting", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.enqueue("any", {}, { delay: "1h" });
  await app.start();

  expect(await readQueueStats(app.broker, all)).toMatchObject([{ waiting: 0, prioritized: 0, delayed: 1 }]);
});

test.each([
  [
    "a string under its key",
    async (app: App, key: string) => void (await app.redis.multi().del(key).set(key, "x").exec()),
  ],
  ["a time that is none", async (app: App, key: string) => void (await app.redis.hset(key, "timestamp", "abc"))],
  ["a start that is none", async (app: App, key: string) => void (await app.redis.hset(key, "processedOn", "abc"))],
])("the job at the head of a line with %s does not hide the counts", async (_what, spoil) => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const { id } = await app.enqueue("any");
  await spoil(app, `${app.prefix}:work:t-${id}`);

  expect(await readQueueStats(app.broker, all)).toMatchObject([{ queue: "work", waiting: 1 }]);
});

test("only the queues that are wanted are counted, in the order of their names", async () => {
  const job = (queue: string) => defineJob({ queue, handler: async () => {} }) as AnyJob;
  await using app = await setup({ url, jobs: { b: job("b"), a: job("a"), c: job("c") } });
  await app.start();

  const names = async (...patterns: string[]) => (await readQueueStats(app.broker, patterns)).map(({ queue }) => queue);

  expect(await names("c", "a*")).toEqual(["a", "c"]);
  expect(await names("nothing*")).toEqual([]);
  await expect(names("aa")).rejects.toMatchObject({
    code: "QUEUE_NOT_FOUND",
    message: 'no queue is named "aa"',
    hint: "Did you mean a?",
  });
});

test("a queue of another producer is counted when it is called by its name", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.redis.hset(`${app.prefix}:foreign:meta`, "version", "bullmq");

  expect(await readQueueStats(app.broker, ["foreign"])).toMatchObject([{ queue: "foreign", waiting: 0, workers: 0 }]);
});

test("the rates count what has ended, when the worker has told it", async () => {
  await using app = await setup({
    url,
    jobs: { good: async () => {}, bad: () => Promise.reject(new Error("no")) },
  });
  const service = await app.start();
  for (let i = 0; i < 4; i++) await app.enqueue("good");
  await app.enqueue("bad");
  await app.event("completed", 4);
  await app.event("failed");

  service.close("a test");
  await service.ended;

  expect(await readQueueStats(app.broker, all)).toMatchObject([
    { completedPerMinute: 4, failedPerMinute: 1, workers: 0 },
  ]);
});

test("a job waits since it was due, or since its last start", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const { id } = await app.enqueue("any", {}, { delay: "1h" });
  const key = `${app.prefix}:work:t-${id}`;
  const hour = 3_600_000;
  await app.redis.hset(key, "timestamp", Date.now() - hour - 5_000);
  await app.redis.zrem(`${app.prefix}:work:delayed`, `t-${id}`);
  await app.redis.lpush(`${app.prefix}:work:wait`, `t-${id}`);
  const oldest = async () => (await readQueueStats(app.broker, all))[0]!.oldestWaitingMs;

  expect(await oldest()).toBeGreaterThanOrEqual(4_000);
  expect(await oldest()).toBeLessThan(60_000);
  await app.redis.hset(key, "processedOn", Date.now() - 1_000);
  expect(await oldest()).toBeLessThan(4_000);
  await app.redis.hset(key, "opts", "no JSON");
  expect(await oldest()).toBeLessThan(4_000);
});

import { Queue } from "bullmq";
import { expect, test } from "vitest";
import { defineJob } from "../../src/definition/job.ts";
import type { Unique } from "../../src/definition/unique.ts";
import { testRedis } from "../helpers/redis.ts";
import { gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const one = (unique: Unique, handler: () => Promise<unknown> = async () => {}) => ({
  greet: defineJob({ unique, handler }),
});

test("a second job of equal args is not enqueued while the first waits, and the answer names the first", async () => {
  await using app = await setup({ url, jobs: one(true) });

  const first = await app.enqueue("greet", { to: "ada", times: { a: 1, b: [2] } });
  const second = await app.enqueue("greet", { times: { b: [2], a: 1 }, to: "ada" });
  const other = await app.enqueue("greet", { to: "bob" });

  expect(first.created).toBe(true);
  expect(second).toMatchObject({ created: false, reason: "duplicate", id: first.id, state: "waiting" });
  expect(other.created).toBe(true);
});

test("a function of the args says which jobs are the same", async () => {
  await using app = await setup({ url, jobs: one(({ user }: { user: string }) => user) });

  await app.enqueue("greet", { user: "ada", n: 1 });

  expect(await app.enqueue("greet", { user: "ada", n: 2 })).toMatchObject({ reason: "duplicate" });
  expect(await app.enqueue("greet", { user: "bob", n: 1 })).toMatchObject({ created: true });
});

test("a key holds for one job, not for all jobs of its queue", async () => {
  await using app = await setup({ url, jobs: { a: async () => {}, b: async () => {} } });

  await app.enqueue("a", {}, { unique: "key" });

  expect(await app.enqueue("b", {}, { unique: "key" })).toMatchObject({ created: true });
  expect(await app.enqueue("a", { n: 2 }, { unique: "key" })).toMatchObject({ reason: "duplicate" });
});

test.each([
  ["the call wins over the job", { defaults: {} }, true, false, true],
  ["the job wins over its queue", { queues: { work: { unique: true } } }, false, undefined, true],
  [
    "the queue wins over the defaults",
    { defaults: { unique: true }, queues: { work: { unique: false } } },
    undefined,
    undefined,
    true,
  ],
  ["the defaults hold where nothing else is said", { defaults: { unique: true } }, undefined, undefined, false],
])("%s", async (_what, config, ofJob, ofCall, created) => {
  const job = defineJob({ ...(ofJob !== undefined && { unique: ofJob }), handler: async () => {} });
  await using app = await setup({ url, jobs: { greet: job }, config });

  await app.enqueue("greet", {}, { unique: ofCall });

  expect(await app.enqueue("greet", {}, { unique: ofCall })).toMatchObject({ created });
});

test.each([
  ["throws", () => JSON.parse("{"), /the `unique` function of work.greet threw/],
  ["gives no text", () => 5, /the unique key of work.greet is 5 \(number\)/],
  ["gives an empty text", () => "", /the unique key of work.greet is a text of 0 characters/],
])("a function that %s is an error, and nothing is written", async (_what, unique, message) => {
  await using app = await setup({ url, jobs: one(unique as Unique) });

  await expect(app.enqueue("greet")).rejects.toMatchObject({
    code: "ARGS_INVALID",
    message: expect.stringMatching(message),
  });
  expect(await app.redis.keys(`${app.prefix}*`)).toEqual([]);
});

test("the key is held while the job is active, and free when it has completed", async () => {
  const { opened, open } = gate();
  await using app = await setup({ url, jobs: one(true, () => opened) });
  const { id } = await app.enqueue("greet");
  await app.start();
  await app.event("active");

  expect(await app.enqueue("greet")).toMatchObject({ reason: "duplicate", id, state: "active" });
  open();
  await app.event("completed");
  expect(await app.enqueue("greet")).toMatchObject({ created: true });
});

test("the key is held during back-off, and free when the last attempt has failed", async () => {
  const { opened, open } = gate();
  let tries = 0;
  const handler = async () => {
    if (++tries === 2) await opened;
    throw new Error("no");
  };
  const greet = defineJob({ unique: true, attempts: 2, backoff: { type: "fixed", delay: "2s" }, handler });
  await using app = await setup({ url, jobs: { greet } });
  const { id } = await app.enqueue("greet");
  await app.start();
  await app.event("failed");

  await expect.poll(() => app.enqueue("greet")).toMatchObject({ reason: "duplicate", id, state: "delayed" });
  await app.event("active", 2);
  expect(await app.enqueue("greet")).toMatchObject({ reason: "duplicate", id, state: "active" });
  open();
  await app.event("failed", 2);
  expect(await app.enqueue("greet")).toMatchObject({ created: true });
});

test("the key is free when the job was removed", async () => {
  await using app = await setup({ url, jobs: one(true) });
  const { id } = await app.enqueue("greet");
  const queue = new Queue("work", { connection: { url }, prefix: app.prefix });

  await queue.remove(`t-${id}`);
  await queue.close();

  expect(await app.enqueue("greet")).toMatchObject({ created: true });
});

test("of a hundred calls at once just one enqueues", async () => {
  await using app = await setup({ url, jobs: one("the key") });

  const receipts = await Promise.all(Array.from({ length: 100 }, (_, n) => app.enqueue("greet", { n })));

  expect(receipts.filter(({ created }) => created)).toHaveLength(1);
  expect(new Set(receipts.map(({ id }) => id)).size).toBe(1);
  expect(await app.redis.llen(`${app.prefix}:work:wait`)).toBe(1);
});

test.each([
  ["waits", {}, "wait"],
  ["is prioritized", { priority: 5 }, "prioritized"],
  ["is delayed", { delay: "1h" }, "delayed"],
])("one that %s is replaced, and the receipt says which", async (_what, options, list) => {
  await using app = await setup({ url, jobs: one("the key") });
  const { id } = await app.enqueue("greet", { n: 1 }, options);

  const receipt = await app.enqueue("greet", { n: 2 }, { ...options, replace: true });

  expect(receipt).toMatchObject({ created: true, replaced: id });
  expect(await app.redis.exists(`${app.prefix}:work:t-${id}`)).toBe(0);
  const key = `${app.prefix}:work:${list}`;
  const left = await (list === "wait" ? app.redis.lrange(key, "0", "-1") : app.redis.zrange(key, "0", "-1"));
  expect(left).toEqual([`t-${receipt.id}`]);
});

test("one that has begun is not replaced, and the receipt says so", async () => {
  const { opened, open } = gate();
  await using app = await setup({ url, jobs: one("the key", () => opened) });
  const { id } = await app.enqueue("greet");
  await app.start();
  await app.event("active");

  expect(await app.enqueue("greet", {}, { replace: true })).toMatchObject({
    created: false,
    reason: "active",
    id,
    state: "active",
    replaced: null,
  });
  open();
});

test("of many who replace at once, each enqueues, and one job is left waiting", async () => {
  await using app = await setup({ url, jobs: one("the key") });
  await app.enqueue("greet");

  const calls = Array.from({ length: 30 }, (_, n) => app.enqueue("greet", { n }, { replace: true }));
  const receipts = await Promise.all(calls);

  expect(receipts.every(({ created }) => created)).toBe(true);
  const waiting = await app.redis.lrange(`${app.prefix}:work:wait`, 0, -1);
  expect(waiting).toHaveLength(1);
  expect(receipts.map(({ id }) => `t-${id}`)).toContain(waiting[0]);
});

test("to replace without a key is refused", async () => {
  await using app = await setup({ url, jobs: { greet: async () => {} } });

  await expect(app.enqueue("greet", {}, { replace: true })).rejects.toMatchObject({
    code: "USAGE",
    hint: "Say `unique` too.",
  });
});

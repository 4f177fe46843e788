import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { adminUrlOf, startRedis, testRedis } from "../helpers/redis.ts";
import { createApp } from "./app.ts";

const { url } = await testRedis();

test("what a block enqueued stays when it returns, and its value comes back", async () => {
  await using app = await createApp(url);

  const id = await app.client.batch(async (batch) => (await batch.enqueue("work.double", { n: 1 })).id);

  expect(await app.client.job(id)).toMatchObject({ state: "waiting" });
});

test("a job of a batch without an id of its own costs no more than any other: nothing is read to tell a namesake", async () => {
  await using app = await createApp(url);
  const redis = new Redis(adminUrlOf(url));
  onTestFinished(() => redis.disconnect());

  const { id } = await app.client.batch((batch) => batch.enqueue("work.double", { n: 1 }));
  const { id: plain } = await app.client.enqueue("work.double", { n: 1 });

  const optionsOf = async (id: string) => {
    const {
      jobId: _id,
      timestamp: _at,
      ...stored
    } = JSON.parse((await redis.hget(`${app.prefix}:work:t-${id}`, "opts"))!);
    return stored;
  };
  expect(await optionsOf(id)).toEqual(await optionsOf(plain));
});

test("a job that is refused before it is written is not looked for, and ends the batch", async () => {
  await using app = await createApp(url);
  const failed = app.client.batch(async (batch) => {
    await batch.enqueue("work.double", { n: 1 });
    await batch.enqueue("work.double", { n: 1n });
  });

  await expect(failed).rejects.toMatchObject({ code: "ARGS_INVALID" });
  await expect.poll(() => app.client.count({ state: "failed" })).toBe(1);
});

test("what a block enqueued is cancelled when it throws, and nothing else is", async () => {
  await using app = await createApp(url);
  await app.client.enqueue("work.double", { n: 1 }, { id: "before" });

  const failed = app.client.batch(async (batch) => {
    await batch.enqueue("work.double", { n: 1 }, { id: "inside" });
    await batch.enqueue("work.double", { n: 1 }, { id: "before" }); // somebody else's: not created here
    void batch.enqueue("work.double", { n: 1 }, { id: "late" }); // not awaited
    throw new Error("the order was withdrawn");
  });

  await expect(failed).rejects.toThrow("the order was withdrawn");
  const reason = "its batch failed";
  expect(await app.client.job("inside")).toMatchObject({ state: "failed", cancelled: { reason } });
  expect(await app.client.job("late")).toMatchObject({ state: "failed", cancelled: { reason } });
  expect(await app.client.job("before")).toMatchObject({ state: "waiting", cancelled: null });
});

test("a job whose answer was lost is cancelled too", async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop().then(() => {}));
  await using app = await createApp(redis.url);

  const failed = app.client.batch(async (batch) => {
    await batch.enqueue("work.double", { n: 1 });
    redis.freeze();
    await batch.enqueue("work.double", { n: 2 }).finally(redis.thaw);
  });

  await expect(failed).rejects.toMatchObject({ code: "BROKER_UNREACHABLE" });
  await expect.poll(() => app.client.count({ state: "failed" })).toBe(2);
  expect(await app.client.count({ state: "waiting" })).toBe(0);
});

test("what could not be cancelled is said by the error of the block", async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop().then(() => {}));
  await using app = await createApp(redis.url);

  const failed = app.client.batch(async (batch) => {
    await batch.enqueue("work.double", { n: 1 }, { id: "left" });
    redis.freeze();
    throw new Error("the order was withdrawn");
  });

  await expect(failed).rejects.toMatchObject({
    message: "the order was withdrawn",
    cause: { code: "BROKER_UNREACHABLE", message: expect.stringContaining("the jobs left of the batch") },
  });
  redis.thaw();
});

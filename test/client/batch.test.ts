import { expect, test } from "vitest";
import { testRedis } from "../helpers/redis.ts";
import { createApp } from "./app.ts";

const { url } = await testRedis();

test("what a block enqueued stays when it returns, and its value comes back", async () => {
  await using app = await createApp(url);

  const id = await app.client.batch(async (batch) => (await batch.enqueue("work.double", { n: 1 })).id);

  expect(await app.client.job(id)).toMatchObject({ state: "waiting" });
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

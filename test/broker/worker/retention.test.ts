import { expect, test } from "vitest";
import { defineJob } from "../../../src/definition/job.ts";
import { testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();

test("a queue keeps as many finished jobs as it says, completed and failed apart", async () => {
  await using app = await setup({
    url,
    jobs: { good: async () => {}, bad: () => Promise.reject(new Error("no")) },
    config: { queues: { work: { concurrency: 1, keepCompleted: { count: 2 }, keepFailed: { count: 3 } } } },
  });
  for (let i = 0; i < 5; i++) await app.enqueue("good");
  for (let i = 0; i < 5; i++) await app.enqueue("bad");

  await app.start();
  await app.event("completed", 5);
  await app.event("failed", 5);

  expect(await app.redis.zcard(`${app.prefix}:work:completed`)).toBe(2);
  expect(await app.redis.zcard(`${app.prefix}:work:failed`)).toBe(3);
});

test("a queue that keeps no completed job forgets it at once", async () => {
  await using app = await setup({ url, jobs: { good: async () => {} }, config: { keepCompleted: { count: 0 } } });
  await app.start();

  const { id } = await app.enqueue("good");
  await app.event("completed");

  await expect(app.show(id)).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
});

test("a job that says it is not kept is gone when it has completed; others of its queue stay, and so does one that failed", async () => {
  const failing = async ({ fails }: { fails?: boolean }) => {
    if (fails) throw new Error("no");
  };
  await using app = await setup({
    url,
    jobs: { kept: async () => {}, fleeting: defineJob({ keepCompleted: 0, handler: failing }) },
    config: { queues: { work: { concurrency: 1 } } },
  });
  for (let i = 0; i < 3; i++) await app.enqueue("kept");
  await app.enqueue("fleeting");
  const { id } = await app.enqueue("fleeting", { fails: true });

  await app.start();
  await app.event("completed", 4);
  await app.event("failed");

  expect(await app.redis.zcard(`${app.prefix}:work:completed`)).toBe(3);
  expect(await app.show(id)).toMatchObject({ state: "failed", job: "work.fleeting" });
});

import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { testRedis } from "../helpers/redis.ts";
import { setup } from "../helpers/setup.ts";

const { url } = await testRedis();

test("two processes together start no more jobs in a time than the rate limit says", async () => {
  const startsMs: number[] = [];
  await using app = await setup({
    url,
    jobs: { call: async () => void startsMs.push(Date.now()) },
    config: { queues: { work: { rateLimit: { max: 5, per: "1s" } } } },
  });
  for (let i = 0; i < 20; i++) await app.enqueue("call");

  await app.start({ name: "one" });
  await app.start({ name: "two" });
  await app.event("completed", 20);

  const sorted = [...startsMs].sort((a, b) => a - b);
  const openings = [0, 5, 10, 15].map((index) => sorted[index]!);
  const slackMs = 250; // a busy machine sees a start a little after the broker has counted it
  for (const [index, openedMs] of openings.slice(1).entries()) {
    expect(openedMs - openings[index]!).toBeGreaterThanOrEqual(1_000 - slackMs);
  }
});

test("two processes together run no more jobs at once than the global concurrency says, and reach it", async () => {
  let running = 0;
  let most = 0;
  const runners = new Set<string>();
  await using app = await setup({
    url,
    jobs: {
      call: async () => {
        most = Math.max(most, ++running);
        await wait(20);
        running--;
      },
    },
    config: { concurrency: 10, queues: { work: { globalConcurrency: 3 } } },
  });
  await app.start({ name: "one" });
  await app.start({ name: "two" });

  const ids = await Promise.all(Array.from({ length: 60 }, async () => (await app.enqueue("call")).id));
  await app.event("completed", 60);
  for (const id of ids) runners.add((await app.show(id)).worker ?? "none");

  expect(most).toBe(3);
  expect([...runners].sort()).toEqual(["one", "two"]);
});

import { hostname } from "node:os";
import { expect, test } from "vitest";
import { listWorkers } from "../../src/inspect/workers.ts";
import { testRedis } from "../helpers/redis.ts";
import { setup } from "../helpers/setup.ts";

const { url } = await testRedis();

test("a live worker tells who it is and what it takes", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} }, config: { concurrency: 3 } });
  await app.start({ name: "one" });

  expect(await listWorkers(app.broker)).toMatchObject([
    {
      name: "one",
      host: hostname(),
      pid: process.pid,
      app: "test",
      release: expect.stringMatching(/^[0-9a-f]{8}$/),
      queues: [{ queue: "work", concurrency: 3 }],
      state: "running",
      active: [],
      startedAt: expect.stringMatching(/Z$/),
    },
  ]);
});

test("workers are listed by age, and one that has closed is gone at once", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const first = await app.start({ name: "first" });
  await app.start({ name: "second" });

  expect((await listWorkers(app.broker)).map(({ name }) => name)).toEqual(["first", "second"]);
  first.close("a test");
  await first.ended;
  expect((await listWorkers(app.broker)).map(({ name }) => name)).toEqual(["second"]);
});

test("a process of other jobs has another release, one of the same has the same", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await using other = await setup({ url, prefix: app.prefix, jobs: { other: async () => {} } });
  await app.start();
  await app.start();
  await other.start();

  const [first, second, third] = await listWorkers(app.broker);

  expect(second!.release).toBe(first!.release);
  expect(third!.release).not.toBe(first!.release);
});

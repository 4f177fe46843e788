import { expect, test } from "vitest";
import { testRedis } from "../helpers/redis.ts";
import { gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const none = { jobs: undefined, timeMs: undefined, memoryBytes: undefined };
const jobs = { any: async () => {} };

test("at --max-jobs the process takes no more, and ends with 0", async () => {
  await using app = await setup({ url, jobs, config: { concurrency: 2 } });
  for (let i = 0; i < 8; i++) await app.enqueue("any");

  const service = await app.start({ limits: { ...none, jobs: { said: "--max-jobs 3", most: 3 } } });

  expect(await service.ended).toBe(0);
  expect(await app.event("recycling")).toMatchObject({ reason: "reached --max-jobs 3" });
  expect(await app.event("closing")).toMatchObject({ reason: "reached --max-jobs 3", active: 0 });
  expect(app.seen.at(-1)).toMatchObject({ type: "closed", completed: 3, putBack: 0 });
  expect(await app.redis.llen(`${app.prefix}:work:wait`)).toBe(5);
});

test("what runs at a limit is not cut short, even when it outlasts the shutdown timeout", async () => {
  const { opened, open } = gate();
  await using app = await setup({
    url,
    jobs: { ...jobs, long: () => opened },
    config: { shutdownTimeout: "50ms", abortGrace: "10ms" },
  });
  await app.enqueue("long");
  const service = await app.start({ limits: { ...none, timeMs: { said: "--max-time 1ms", most: 1 } } });

  expect(await app.event("recycling")).toMatchObject({ reason: "reached --max-time 1ms", active: 1 });
  const { id } = await app.enqueue("any");
  setTimeout(open, 1_000); // much longer than the shutdown timeout

  expect(await service.ended).toBe(0);
  expect(app.seen.at(-1)).toMatchObject({ type: "closed", completed: 1, putBack: 0 });
  expect(await app.show(id)).toMatchObject({ state: "waiting", attempts: { made: 0 } });
});

test("at --max-memory the process ends with 0", async () => {
  await using app = await setup({ url, jobs });
  const service = await app.start({ limits: { ...none, memoryBytes: { said: "--max-memory 1kb", most: 1_024 } } });

  expect(await service.ended).toBe(0);
  expect(await app.event("closing")).toMatchObject({ reason: "reached --max-memory 1kb" });
});

test("a process of a pool takes up to a tenth less, so that not all go at once", async () => {
  await using app = await setup({ url, jobs });
  for (let i = 0; i < 100; i++) await app.enqueue("any");

  const limits = { ...none, jobs: { said: "--max-jobs 100", most: 100 } };
  const service = await app.start({ limits, isInPool: true });

  expect(await service.ended).toBe(0);
  const { reason } = await app.event("closing");
  const { completed } = await app.event("closed");
  expect(completed).toBeGreaterThanOrEqual(90);
  expect(reason).toBe(`reached --max-jobs 100${completed < 100 ? `, less ${100 - completed} %` : ""}`);
});

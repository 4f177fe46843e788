import { expect, test } from "vitest";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { testRedis } from "../helpers/redis.ts";
import { setup } from "../helpers/setup.ts";

const { url } = await testRedis();

test("a burst ends with 0 when all is done", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  for (let i = 0; i < 5; i++) await app.enqueue("any");
  await app.enqueue("any", {}, { priority: 3 });

  const service = await app.start({ burst: true });

  expect(await service.ended).toBe(0);
  expect(app.seen.at(-1)).toMatchObject({ type: "closed", completed: 6 });
});

test("a burst of an empty queue ends at once", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });

  expect(await (await app.start({ burst: true })).ended).toBe(0);
});

test("a burst ends with 1 when a job ended failed", async () => {
  await using app = await setup({ url, jobs: { bad: () => Promise.reject(new Error("no")) } });
  await app.enqueue("bad");

  expect(await (await app.start({ burst: true })).ended).toBe(1);
});

test("a burst waits for a retry that is due soon", async () => {
  const second = defineJob({
    attempts: 2,
    backoff: { type: "fixed", delay: "500ms" },
    handler: async (_args: object, { attempt }) => {
      if (attempt === 1) throw new Error("not yet");
    },
  });
  await using app = await setup({ url, jobs: { second: second as AnyJob } });
  await app.enqueue("second");

  expect(await (await app.start({ burst: true })).ended).toBe(0);
  expect(app.seen.at(-1)).toMatchObject({ completed: 1 });
});

test("a burst does not wait for a retry that is due late, and ends with 1", async () => {
  const later = defineJob({
    attempts: 2,
    backoff: { type: "fixed", delay: "10m" },
    handler: () => Promise.reject(new Error("not yet")),
  });
  await using app = await setup({ url, jobs: { later: later as AnyJob } });
  await app.enqueue("later");

  expect(await (await app.start({ burst: true })).ended).toBe(1);
});

test("a burst waits for a job that gave itself back for a moment, and not for one that did so for long", async () => {
  let runs = 0;
  await using app = await setup({
    url,
    jobs: {
      soon: async (_args: object, { reschedule }) => (runs++ === 0 ? reschedule("500ms") : runs),
      late: async (_args: object, { reschedule }) => reschedule("10m"),
    },
  });
  await app.enqueue("soon");
  await app.enqueue("late");

  expect(await (await app.start({ burst: true })).ended).toBe(0);
  expect(runs).toBe(2);
});

const soon = defineJob({
  attempts: 2,
  backoff: { type: "fixed", delay: "1s" },
  handler: () => Promise.reject(new Error("not yet")),
}) as AnyJob;

test("a burst does not wait for a retry that is not there any more, and ends with 0", async () => {
  await using app = await setup({ url, jobs: { soon } });
  const { id } = await app.enqueue("soon");
  const service = await app.start({ burst: true });
  await app.event("failed");

  await app.redis.zrem(`${app.prefix}:work:delayed`, `t-${id}`);

  expect(await service.ended).toBe(0);
});

test("a burst does not wait for a retry in a queue that was paused meanwhile, and ends with 1", async () => {
  await using app = await setup({ url, jobs: { soon } });
  await app.enqueue("soon");
  const service = await app.start({ burst: true });
  await app.event("failed");

  await app.redis.hset(`${app.prefix}:work:meta`, "paused", 1);

  expect(await service.ended).toBe(1);
});

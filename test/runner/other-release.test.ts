import { expect, test } from "vitest";
import { z } from "zod";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { testRedis } from "../helpers/redis.ts";
import { setup } from "../helpers/setup.ts";

const { url } = await testRedis();

const greet = (args: z.ZodType) => defineJob({ args, attempts: 5, handler: async (given) => given }) as AnyJob;
const old = z.strictObject({ name: z.string() });
const fresh = z.strictObject({ first: z.string(), last: z.string() });

test("args of another release are put off while a runner of it lives, and run there, uncounted", async () => {
  await using before = await setup({ url, jobs: { greet: greet(old) } });
  await before.start();
  const jobs = { greet: greet(fresh) }; // another schema is another release
  await using after = await setup({ url, prefix: before.prefix, jobs, config: { unknownJobGrace: "1m" } });
  const service = await after.start();
  const args = { first: "Ada", last: "L" };

  // Whichever takes it: the old one puts it off until the new one has it.
  const ids = [];
  for (let i = 0; i < 6; i++) ids.push((await after.enqueue("greet", args)).id);
  const putBack = await before.event("putBack");
  await after.event("completed", 6);

  expect(putBack).toMatchObject({ job: "work.greet", reason: "args of another release" });
  for (const id of ids) {
    expect(await after.show(id)).toMatchObject({ state: "completed", attempts: { made: 1 }, result: args });
  }
  service.close("the release is rolled back");
  await service.ended;

  const { id } = await after.enqueue("greet", args);
  expect(await before.event("failed")).toMatchObject({ id, attempt: 1, final: true });
});

test("args that do not fit fail at once, every problem named, where all runners are of one release or of another app", async () => {
  await using app = await setup({ url, jobs: { greet: greet(old) } });
  await app.start();
  await app.start();
  await using producer = await setup({ url, prefix: app.prefix, jobs: { greet: greet(fresh), more: async () => {} } });
  await using foreign = await setup({
    url,
    prefix: app.prefix,
    jobs: { other: defineJob({ queue: "theirs", handler: async () => {} }) as AnyJob },
    config: { app: "theirs" },
  });
  await foreign.start();

  await producer.enqueue("greet", { first: "Ada", last: "L" });

  const failed = await app.event("failed");
  expect(failed).toMatchObject({ attempt: 1, final: true });
  expect(failed.error).toMatch(/name.*first.*last/s);
  expect(app.seen.filter(({ type }) => type === "putBack")).toEqual([]);
});

test("args that do not fit fail when the grace is over, although the other release lives on", async () => {
  await using app = await setup({ url, jobs: { greet: greet(old) }, config: { unknownJobGrace: "1500ms" } });
  await app.start();
  const jobs = { greet: greet(old), more: async () => {} };
  await using other = await setup({ url, prefix: app.prefix, jobs, config: { unknownJobGrace: "1500ms" } });
  await other.start();
  await using producer = await setup({ url, prefix: app.prefix, jobs: { greet: greet(fresh) } });

  const { id } = await producer.enqueue("greet", { first: "Ada", last: "L" });

  await expect.poll(async () => (await app.show(id)).state).toBe("failed");
});

test("after a rollback a job that the newer release has begun has the whole grace again", async () => {
  const config = { unknownJobGrace: "1s" };
  const backoff = { type: "fixed", delay: "2s" } as const;
  const young = defineJob({ attempts: 3, backoff, handler: () => Promise.reject(new Error("not yet")) }) as AnyJob;
  await using before = await setup({ url, jobs: { other: async () => {} }, config });
  await using after = await setup({ url, prefix: before.prefix, jobs: { young }, config });
  const { id } = await after.enqueue("young");
  const old = await before.start();
  await before.event("putBack");
  old.close("a deploy");
  await old.ended;
  const fresh = await after.start();
  await after.event("failed");
  fresh.close("a rollback");
  await fresh.ended;

  await before.start();
  await Promise.race([before.event("putBack", 2), before.event("failed")]);

  expect(before.seen.filter(({ type }) => type === "failed")).toEqual([]);
  expect(await after.show(id)).toMatchObject({ state: "delayed", attempts: { made: 1 } });
});

import { expect, test } from "vitest";
import { z } from "zod";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { testRedis } from "../helpers/redis.ts";
import { gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();

test("a job completes with its result", async () => {
  await using app = await setup({ url, jobs: { add: async ({ a, b }: { a: number; b: number }) => a + b } });
  await app.start();

  const { id } = await app.enqueue("add", { a: 1, b: 2 });
  await app.event("completed");

  expect(await app.show(id)).toMatchObject({
    state: "completed",
    result: 3,
    error: null,
    attempts: { made: 1, max: null },
  });
});

test("the handler gets its args, its place and its attempt", async () => {
  let context: unknown;
  await using app = await setup({
    url,
    jobs: {
      look: async (args: object, { job, attempt, scheduledFor }) => {
        context = { args, job, attempt, scheduledFor };
      },
    },
  });
  await app.start();

  const { id } = await app.enqueue("look", { a: 1 });
  await app.event("completed");

  const job = { id, name: "work.look", queue: "work", args: { a: 1 }, meta: {}, enqueuedAtMs: expect.any(Number) };
  expect(context).toEqual({ args: { a: 1 }, job, attempt: 1, scheduledFor: null });
});

test("a failing job is tried again after its backoff, and then fails for good", async () => {
  await using app = await setup({
    url,
    jobs: {
      fail: defineJob({
        attempts: 3,
        backoff: { type: "exponential", delay: "100ms" },
        handler: async () => {
          throw new Error("no luck");
        },
      }) as AnyJob,
    },
  });
  await app.start();

  const { id } = await app.enqueue("fail");
  const third = await app.event("failed", 3);

  expect(app.seen.filter(({ type }) => type === "failed")).toMatchObject([
    { attempt: 1, attempts: 3, final: false, retryInMs: 100, error: "no luck" },
    { attempt: 2, attempts: 3, final: false, retryInMs: 200 },
    { attempt: 3, attempts: 3, final: true },
  ]);
  expect(third.final).toBe(true);
  expect(await app.show(id)).toMatchObject({ state: "failed", error: { message: "no luck" }, attempts: { made: 3 } });
});

test("what the call says of attempts wins over the definition", async () => {
  await using app = await setup({
    url,
    jobs: { fail: defineJob({ attempts: 3, handler: () => Promise.reject(new Error("no")) }) as AnyJob },
  });
  await app.start();

  await app.enqueue("fail", {}, { attempts: 1 });

  expect(await app.event("failed")).toMatchObject({ attempt: 1, attempts: 1, final: true });
});

test("progress and log lines are kept with the job", async () => {
  await using app = await setup({
    url,
    jobs: {
      talk: async (_args: object, { log, progress }) => {
        log.info({ step: 1 }, "half way");
        await progress({ done: 1, of: 2 });
      },
    },
  });
  await app.start();

  const { id } = await app.enqueue("talk");
  await app.event("completed");

  const { logs, progress } = await app.show(id);
  expect(logs).toEqual([expect.stringMatching(/^\S+Z info half way \{"step":1\}$/)]);
  expect(progress).toEqual({ done: 1, of: 2 });
  expect(app.seen).toContainEqual(expect.objectContaining({ type: "log", message: "half way", fields: { step: 1 } }));
});

test("args that the schema refuses in the worker fail the job for good, every problem named", async () => {
  let ran = false;
  const greet = defineJob({
    args: z.object({ name: z.string(), age: z.number() }),
    attempts: 5,
    handler: async () => {
      ran = true;
    },
  });
  await using app = await setup({ url, jobs: { greet: greet as AnyJob, raw: async () => {} } });
  await app.start();

  await add(app, "work.greet", { name: 1 });
  const failed = await app.event("failed");

  expect(failed).toMatchObject({ attempt: 1, final: true });
  expect(failed.error).toMatch(/name.*\n.*age/s);
  expect(ran).toBe(false);
});

test("the handler gets the output of the schema, the broker keeps the input", async () => {
  let got: unknown;
  const when = defineJob({
    args: z.object({ at: z.string().transform((text) => new Date(text).getTime()) }),
    handler: async (args) => {
      got = args;
    },
  });
  await using app = await setup({ url, jobs: { when: when as AnyJob } });
  await app.start();

  const { id } = await app.enqueue("when", { at: "2026-01-01T00:00:00Z" });
  await app.event("completed");

  expect(got).toEqual({ at: Date.UTC(2026, 0, 1) });
  expect((await app.show(id)).args).toEqual({ at: "2026-01-01T00:00:00Z" });
});

test("a job that no release knows is put off, and fails with the known names when the grace is over", async () => {
  await using app = await setup({ url, jobs: { known: async () => {} }, config: { unknownJobGrace: "1500ms" } });
  await app.start();

  await add(app, "work.unknown", {});
  expect(await app.event("putBack")).toMatchObject({ job: "work.unknown", reason: "unknown name" });
  const failed = await app.event("failed");

  expect(failed).toMatchObject({ job: "work.unknown", final: true });
  expect(failed.error).toContain('"work.unknown"');
  expect(failed.error).toContain("work.known");
});

test("a job that was put off runs, its attempts uncounted, in a worker that knows it", async () => {
  await using old = await setup({ url, jobs: { known: async () => {} } });
  await old.start();
  const jobs = { known: async () => {}, fresh: async (_args: object, { attempt }: { attempt: number }) => attempt };
  await using next = await setup({ url, prefix: old.prefix, jobs });

  const { id } = await next.enqueue("fresh");
  await old.event("putBack");
  await next.start();
  await next.event("completed");

  expect(await next.show(id)).toMatchObject({ state: "completed", result: 1 });
});

test("a queue runs at most its concurrency at once", async () => {
  const release = gate();
  await using app = await setup({ url, jobs: { hold: () => release.opened }, config: { concurrency: 2 } });
  await app.start();

  for (let i = 0; i < 3; i++) await app.enqueue("hold");
  await app.event("active", 2);
  expect(app.seen.filter(({ type }) => type === "active")).toHaveLength(2);
  release.open();
  await app.event("completed", 3);
});

/** As a raw producer would, past all checks. */
async function add(
  { broker }: { broker: Parameters<typeof import("../../src/broker/enqueue/enqueue.ts").enqueue>[0] },
  job: string,
  args: object,
) {
  const { enqueue } = await import("../../src/broker/enqueue/enqueue.ts");
  const { createJobId } = await import("../../src/broker/job-id.ts");
  const rest = { delayMs: 0, priority: 0, attempts: undefined, timeoutMs: undefined };
  await enqueue(broker, { id: createJobId(), given: false, job, queue: "work", args, ...rest });
}

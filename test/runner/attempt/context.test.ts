import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { type AnyJob, defineJob } from "../../../src/definition/job.ts";
import { testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();

test("a handler enqueues another job, by what its file exports or by its name", async () => {
  const child = defineJob({ handler: async ({ n }: { n: number }) => n * 2 });
  await using app = await setup({
    url,
    jobs: {
      child: child as AnyJob,
      parent: async (_args: object, { enqueue }) => {
        const first = await enqueue(child, { n: 1 });
        const second = await enqueue("work.child", { n: 2 }, { id: "second" });
        return [first.id, second.id];
      },
    },
  });
  await app.start();

  const { id } = await app.enqueue("parent");
  await app.event("completed", 3);

  const [first, second] = (await app.show(id)).result as string[];
  expect((await app.show(first!)).result).toBe(2);
  expect(second).toBe("second");
  expect((await app.show("second")).result).toBe(4);
});

test("a handler enqueues a job without args by its name alone", async () => {
  await using app = await setup({
    url,
    jobs: {
      tidy: async (args: object) => ({ args }),
      parent: async (_args: object, { enqueue }) => (await enqueue("work.tidy")).id,
    },
  });
  await app.start();

  const { id } = await app.enqueue("parent");
  await app.event("completed", 2);

  expect((await app.show((await app.show(id)).result as string)).result).toEqual({ args: {} });
});

test("a job that the project does not know is refused inside a handler as it is outside", async () => {
  const stranger = defineJob({ handler: async () => {} });
  await using app = await setup({
    url,
    jobs: {
      byObject: async (_args: object, { enqueue }) => enqueue(stranger, {}),
      byName: async (_args: object, { enqueue }) => enqueue("work.byNam", {}),
    },
  });
  await app.start();

  await app.enqueue("byObject");
  expect((await app.event("failed")).error).toContain("not among the discovered ones");
  await app.enqueue("byName");
  expect((await app.event("failed", 2)).error).toBe('no job is named "work.byNam"');
});

test("a job that is rescheduled runs again after the delay, more often than interruptions are allowed, and no run counts", async () => {
  const startsMs: number[] = [];
  const poll = defineJob({
    maxInterruptions: 2,
    async handler(_args: object, { attempt, reschedule }) {
      startsMs.push(Date.now());
      if (startsMs.length <= 5) reschedule("100ms");
      return attempt;
    },
  });
  await using app = await setup({ url, jobs: { poll: poll as AnyJob } });
  await app.start();

  const { id } = await app.enqueue("poll");
  await app.event("completed");

  expect(await app.show(id)).toMatchObject({ state: "completed", result: 1, attempts: { made: 1 } });
  expect(app.seen.filter(({ type }) => type === "rescheduled")).toHaveLength(5);
  for (const [index, startMs] of startsMs.slice(1).entries()) {
    expect(startMs - startsMs[index]!).toBeGreaterThanOrEqual(99);
  }
});

test("a handler that catches everything is rescheduled all the same", async () => {
  let runs = 0;
  await using app = await setup({
    url,
    jobs: {
      careless: async (_args: object, { reschedule }) => {
        try {
          if (runs++ === 0) reschedule(50);
        } catch {
          return "swallowed";
        }
        return "second";
      },
    },
  });
  await app.start();

  const { id } = await app.enqueue("careless");
  await app.event("completed");

  expect((await app.show(id)).result).toBe("second");
});

test("a delay that is none fails the attempt, and says so", async () => {
  await using app = await setup({
    url,
    jobs: { odd: async (_args: object, { reschedule }) => reschedule("soon") },
  });
  await app.start();

  await app.enqueue("odd");

  expect((await app.event("failed")).error).toBe('the delay "soon" (string) is no length of time');
});

test("after rateLimit no process takes a job of the queue until the time is over, and the job goes back uncounted", async () => {
  const startsMs: number[] = [];
  await using app = await setup({
    url,
    jobs: {
      call: async (_args: object, { attempt, rateLimit }) => {
        startsMs.push(Date.now());
        if (startsMs.length === 1) rateLimit("1500ms");
        return attempt;
      },
    },
    config: { concurrency: 1 },
  });
  await app.start({ name: "one" });
  await app.start({ name: "two" });

  const { id } = await app.enqueue("call");
  await app.event("rateLimited");
  const limitedAtMs = Date.now();
  for (let i = 0; i < 5; i++) await app.enqueue("call");
  await app.event("completed", 6);

  expect(Math.min(...startsMs.slice(1)) - startsMs[0]!).toBeGreaterThanOrEqual(1_450);
  expect(Math.min(...startsMs.slice(1)) - limitedAtMs).toBeLessThan(10_000);
  expect(await app.show(id)).toMatchObject({ state: "completed", result: 1 });
});

test("a job with autoHeartbeat is not silent while the event loop turns", async () => {
  const quiet = { heartbeat: "300ms", handler: () => wait(1_000, "done") } as const;
  await using app = await setup({
    url,
    jobs: { silent: defineJob(quiet) as AnyJob, beating: defineJob({ ...quiet, autoHeartbeat: true }) as AnyJob },
  });
  await app.start();

  await app.enqueue("silent");
  const { id } = await app.enqueue("beating");

  expect((await app.event("failed")).job).toBe("work.silent");
  await app.event("completed");
  expect((await app.show(id)).result).toBe("done");
});

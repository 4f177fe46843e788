import { expect, test } from "vitest";
import { z } from "zod";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { runSchedule } from "../../src/schedule/run.ts";
import { testRedis } from "../helpers/redis.ts";
import { syncAll } from "../helpers/schedules.ts";
import { gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();

test("at its timeout a job's signal aborts, and the attempt fails as timed out", async () => {
  const slow = defineJob({
    timeout: "200ms",
    handler: (_args: object, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  });
  await using app = await setup({ url, jobs: { slow: slow as AnyJob } });
  await app.start();

  await app.enqueue("slow");

  expect(await app.event("failed")).toMatchObject({
    final: true,
    error: expect.stringContaining("timed out after 200 ms"),
  });
  expect(app.seen.some(({ type }) => type === "abandoned")).toBe(false);
});

test("the signal's reason is a JOB_TIMEOUT", async () => {
  let reason: unknown;
  const slow = defineJob({
    timeout: "100ms",
    handler: (_args: object, { signal }) =>
      new Promise<void>((resolve) =>
        signal.addEventListener("abort", () => {
          reason = signal.reason;
          resolve();
        }),
      ),
  });
  await using app = await setup({ url, jobs: { slow: slow as AnyJob } });
  await app.start();

  await app.enqueue("slow");
  await app.event("completed");

  expect(reason).toMatchObject({ code: "JOB_TIMEOUT" });
});

test("a timeout is an attempt: the job is tried again", async () => {
  const slow = defineJob({
    timeout: "100ms",
    attempts: 2,
    handler: (_args: object, { signal, attempt }) =>
      attempt === 2
        ? "done"
        : new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("any")))),
  });
  await using app = await setup({ url, jobs: { slow: slow as AnyJob } });
  await app.start();

  await app.enqueue("slow");
  await app.event("completed");

  expect(await app.event("failed")).toMatchObject({ final: false, error: expect.stringContaining("timed out") });
});

test("the timeout of the call wins over the definition's", async () => {
  const slow = defineJob({ timeout: "1h", handler: () => new Promise(() => {}) });
  await using app = await setup({ url, jobs: { slow: slow as AnyJob } });
  await app.start();

  await app.enqueue("slow", {}, { timeout: "100ms" });

  expect((await app.event("failed")).error).toContain("timed out after 100 ms");
});

test("a handler that ignores its signal is abandoned after the grace, and its slot is free", async () => {
  const release = gate();
  const other = gate();
  const deaf = defineJob({ timeout: "200ms", handler: () => release.opened });
  await using app = await setup({
    url,
    jobs: { deaf: deaf as AnyJob, busy: () => other.opened, next: async () => {} },
    config: { concurrency: 2 },
  });
  await app.start();

  await app.enqueue("busy"); // the other of the two slots
  const { id } = await app.enqueue("deaf");
  await app.enqueue("next");
  const next = await app.event("completed");
  other.open();

  expect(next.job).toBe("work.next");
  expect(await app.event("abandoned")).toMatchObject({
    id,
    job: "work.deaf",
    reason: expect.stringContaining("timed out"),
  });
  expect(await app.event("failed")).toMatchObject({ id, final: true });
  release.open();
});

test("a job that is silent for its heartbeat is treated as timed out", async () => {
  const quiet = defineJob({ heartbeat: "200ms", handler: () => new Promise(() => {}) });
  await using app = await setup({ url, jobs: { quiet: quiet as AnyJob } });
  await app.start();

  await app.enqueue("quiet");

  expect((await app.event("failed")).error).toContain("silent for 200 ms");
});

test("a job that beats outlives its heartbeat", async () => {
  const busy = defineJob({
    heartbeat: "400ms",
    handler: (_args: object, { heartbeat }) =>
      new Promise<string>((resolve) => {
        let beats = 0;
        const timer = setInterval(() => {
          heartbeat();
          if (++beats < 12) return;
          clearInterval(timer);
          resolve("alive");
        }, 50);
      }),
  });
  await using app = await setup({ url, jobs: { busy: busy as AnyJob } });
  await app.start();

  const { id } = await app.enqueue("busy");
  await app.event("completed");

  expect((await app.show(id)).result).toBe("alive");
});

test("more interruptions than allowed fail the job, also when attempts are left", async () => {
  const crash = defineJob({ maxInterruptions: 2, attempts: 5, handler: async () => {} });
  await using app = await setup({ url, jobs: { crash: crash as AnyJob } });

  const { id } = await app.enqueue("crash");
  await app.redis.hset(`${app.prefix}:work:t-${id}`, "ats", 3); // as three crashed workers would leave it
  await app.start();

  expect(await app.event("failed")).toMatchObject({ id, final: true, error: "interrupted 3 times" });
});

test("a job with just as many interruptions as allowed runs", async () => {
  const crash = defineJob({ maxInterruptions: 2, handler: async () => {} });
  await using app = await setup({ url, jobs: { crash: crash as AnyJob } });

  const { id } = await app.enqueue("crash");
  await app.redis.hset(`${app.prefix}:work:t-${id}`, "ats", 2);
  await app.start();

  expect(await app.event("completed")).toMatchObject({ id });
});

test("more interruptions than allowed fail a schedule's job too", async () => {
  const crash = defineJob({ handler: async () => {} });
  await using app = await setup({
    url,
    jobs: { crash: crash as AnyJob },
    schedules: { daily: { of: "crash", cron: "0 3 * * *", maxInterruptions: 2 } },
  });
  await syncAll(app);
  const { id } = await runSchedule(app.broker, "daily", { by: "a test", reason: null });
  await app.redis.hset(`${app.prefix}:work:t-${id}`, "ats", 3);

  await app.start();

  expect(await app.event("failed")).toMatchObject({ id, final: true, error: "interrupted 3 times" });
});

test("a run of before its schedule got another job has its own job's options, and the other has its", async () => {
  const fail = (attempts: number) => defineJob({ attempts, handler: () => Promise.reject(new Error("no luck")) });
  const jobs = { old: fail(2) as AnyJob, fresh: fail(3) as AnyJob };
  const daily = { cron: "0 3 * * *" };
  await using before = await setup({ url, jobs, schedules: { daily: { of: "old", ...daily } } });
  await syncAll(before);
  await runSchedule(before.broker, "daily", { by: "a test", reason: null });

  await using app = await setup({ url, prefix: before.prefix, jobs, schedules: { daily: { of: "fresh", ...daily } } });
  await app.start();
  await app.event("failed", 2);
  await runSchedule(app.broker, "daily", { by: "a test", reason: null });
  await app.event("failed", 3);

  expect(app.seen.filter(({ type }) => type === "failed")).toMatchObject([
    { job: "work.old", attempts: 2, final: false },
    { job: "work.old", attempts: 2, final: true },
    { job: "work.fresh", attempts: 3, final: false },
  ]);
});

/** A schema that asks something that never answers. */
const hanging = (asked: () => void) =>
  z.unknown().refine(() => {
    asked();
    return new Promise<boolean>(() => {});
  });

test("a schema that does not end is under the job's timeout", async () => {
  const slow = defineJob({ args: hanging(() => {}), timeout: "200ms", handler: async () => {} });
  await using app = await setup({ url, jobs: { slow: slow as AnyJob } });
  await using plain = await setup({ url, prefix: app.prefix, jobs: { slow: async () => {} } });
  await app.start();

  await plain.enqueue("slow");

  expect((await app.event("failed")).error).toContain("timed out after 200 ms");
});

test("a job whose schema does not end is put back when the worker closes, and its handler does not begin", async () => {
  const asked = gate();
  let begun = 0;
  const slow = defineJob({ args: hanging(asked.open), handler: async () => void begun++ });
  await using app = await setup({ url, jobs: { slow: slow as AnyJob } });
  await using plain = await setup({ url, prefix: app.prefix, jobs: { slow: async () => {} } });
  const service = await app.start();
  const { id } = await plain.enqueue("slow");
  await asked.opened;

  service.close("a test");

  expect(await service.ended).toBe(0);
  expect(await app.event("putBack")).toMatchObject({ id, reason: "closing" });
  expect(await app.show(id)).toMatchObject({ state: "waiting", attempts: { made: 0 } });
  expect(begun).toBe(0);
});

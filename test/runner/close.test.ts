import { expect, test } from "vitest";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { testRedis } from "../helpers/redis.ts";
import { gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();

test("a close waits for the job that is active", async () => {
  const release = gate();
  await using app = await setup({ url, jobs: { hold: () => release.opened }, config: { shutdownTimeout: "30s" } });
  const service = await app.start();
  await app.enqueue("hold");
  await app.event("active");

  service.close("a test");
  release.open();

  expect(await service.ended).toBe(0);
  expect(app.seen.map(({ type }) => type)).toEqual(["started", "active", "closing", "completed", "closed"]);
  expect(app.seen.at(-1)).toEqual({ type: "closed", completed: 1, failed: 0, putBack: 0, unfinished: 0 });
});

test("a job that ends when its signal aborts is put back, its attempt uncounted", async () => {
  await using app = await setup({
    url,
    jobs: {
      hold: (_args: object, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("stopped")))),
    },
  });
  const service = await app.start();
  const { id } = await app.enqueue("hold");
  await app.event("active");

  service.close("a test");

  expect(await service.ended).toBe(0);
  expect(await app.event("putBack")).toMatchObject({ id, reason: "closing" });
  expect(await app.show(id)).toMatchObject({ state: "waiting", attempts: { made: 0 }, error: null });
});

test("a job that ignores its signal is put back at the end of the timeout", async () => {
  await using app = await setup({ url, jobs: { deaf: () => new Promise(() => {}) } });
  const service = await app.start();
  const { id } = await app.enqueue("deaf");
  await app.event("active");

  service.close("a test");

  expect(await service.ended).toBe(0);
  expect(await app.show(id)).toMatchObject({ state: "waiting", attempts: { made: 0 } });
  expect(app.seen.at(-1)).toEqual({ type: "closed", completed: 0, failed: 0, putBack: 1, unfinished: 0 });
});

test("a job that returns after its signal aborted has completed", async () => {
  await using app = await setup({
    url,
    jobs: {
      save: (_args: object, { signal }) =>
        new Promise((resolve) => signal.addEventListener("abort", () => resolve("saved"))),
    },
  });
  const service = await app.start();
  const { id } = await app.enqueue("save");
  await app.event("active");

  service.close("a test");

  expect(await service.ended).toBe(0);
  expect(await app.show(id)).toMatchObject({ state: "completed", result: "saved" });
});

test("to hurry is to abort without the waiting", async () => {
  await using app = await setup({
    url,
    jobs: {
      hold: (_args: object, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("stopped")))),
    },
    config: { shutdownTimeout: "10m" },
  });
  const service = await app.start();
  await app.enqueue("hold");
  await app.event("active");

  service.close("a test");
  service.hurry();

  expect(await service.ended).toBe(0);
});

test("more put-backs than interruptions are allowed do not fail a job", async () => {
  const deaf = defineJob({ maxInterruptions: 1, handler: () => new Promise(() => {}) });
  await using app = await setup({ url, jobs: { deaf: deaf as AnyJob }, config: { shutdownTimeout: "100ms" } });
  const { id } = await app.enqueue("deaf");

  for (let deploy = 1; deploy <= 4; deploy++) {
    const service = await app.start();
    await app.event("active", deploy);
    service.close("a deploy");
    expect(await service.ended).toBe(0);
  }

  expect(await app.show(id)).toMatchObject({ state: "waiting", attempts: { made: 0 } });
});

test("closing twice is no harm", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const service = await app.start();

  service.close("once");
  service.close("twice");
  await service.ended;

  expect(app.seen.filter(({ type }) => type === "closing")).toHaveLength(1);
});

test("a handler that was abandoned before does not keep a worker from closing", async () => {
  const deaf = defineJob({ timeout: "100ms", handler: () => new Promise(() => {}) });
  await using app = await setup({ url, jobs: { deaf: deaf as AnyJob }, config: { shutdownTimeout: "10m" } });
  const service = await app.start();
  await app.enqueue("deaf");
  await app.event("failed");

  service.close("a test");

  expect(await service.ended).toBe(0);
  expect(app.seen.at(-1)).toMatchObject({ type: "closed", failed: 1, putBack: 0 });
});

test("a job that fails after its signal aborted at its timeout has failed, also while the worker closes", async () => {
  const slow = defineJob({
    timeout: "100ms",
    handler: (_args: object, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("late")))),
  });
  await using app = await setup({ url, jobs: { slow: slow as AnyJob }, config: { shutdownTimeout: "20s" } });
  const service = await app.start();
  await app.enqueue("slow");
  await app.event("active");

  service.close("a test");

  expect(await service.ended).toBe(0);
  expect(await app.event("failed")).toMatchObject({ final: true, error: expect.stringContaining("timed out") });
});

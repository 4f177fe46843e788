import { expect, test } from "vitest";
import { startRedis, testRedis } from "../helpers/redis.ts";
import { gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();

test("a service that is asked before its start takes no job until it resumes", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.enqueue("any");

  const service = await app.start({ isQuiet: () => true });
  expect(service.health()).toMatchObject({ ready: false, reason: "quiet", status: { state: "quiet", active: [] } });
  expect(app.seen.map(({ type }) => type)).toEqual(["quiet", "started"]);

  service.resume();
  await app.event("completed");
  expect(service.health()).toMatchObject({ ready: true, reason: null, status: { state: "running" } });
});

test("to be quiet twice is told once, and what runs goes on", async () => {
  const { opened, open } = gate();
  await using app = await setup({ url, jobs: { long: () => opened } });
  await app.enqueue("long");
  const service = await app.start();
  const { id } = await app.event("active");

  service.quiet();
  service.quiet();
  service.report();
  open();
  await app.event("completed");
  service.report();

  expect(app.seen.slice(2)).toEqual([
    { type: "quiet", active: 1 },
    { type: "running", queue: "work", job: "work.long", id, ms: expect.any(Number), abandoned: false },
    expect.objectContaining({ type: "completed", id }),
    { type: "idle" },
  ]);
});

test("a closing service is no longer ready, and hears neither quiet nor resume", async () => {
  const { opened, open } = gate();
  await using app = await setup({ url, jobs: { long: () => opened } });
  await app.enqueue("long");
  const service = await app.start();
  await app.event("active");

  service.close("the test says so");
  service.quiet();
  service.resume();
  expect(service.health()).toMatchObject({ ready: false, reason: "closing" });
  open();

  expect(await service.ended).toBe(0);
  expect(app.seen.map(({ type }) => type)).toEqual(["started", "active", "closing", "completed", "closed"]);
});

test("a service whose broker is gone says so", async () => {
  const redis = await startRedis();
  try {
    await using app = await setup({ url: redis.url, jobs: { any: async () => {} } });
    const service = await app.start();
    await redis.kill();
    await app.event("brokerLost");

    expect(service.health()).toMatchObject({ ready: false, reason: "broker is not answering" });
  } finally {
    await redis.stop();
  }
});

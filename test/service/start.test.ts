import { expect, test } from "vitest";
import { startRedis, testRedis } from "../helpers/redis.ts";
import { setup } from "../helpers/setup.ts";

const { url, address } = await testRedis();
const jobs = { any: async () => {} };
// What a machine that is busy may take beside; one that hangs would take for ever.
const slackMs = 20_000;

test("the start line tells who runs what", async () => {
  await using app = await setup({
    url,
    jobs,
    schedules: { hourly: { of: "any", cron: "0 * * * *" } },
    config: { concurrency: 4 },
  });
  await app.start({ name: "one" });

  expect(await app.event("started")).toMatchObject({
    app: "test",
    runner: "one",
    release: expect.stringMatching(/^[0-9a-f]{8}$/),
    queues: ["work"],
    concurrency: 4,
    schedules: 1,
    broker: address,
  });
  expect(app.seen[0]).toEqual({ type: "schedulesSynced", written: ["hourly"], removed: [] });
});

test("without schedules none is written, and the start line says so", async () => {
  await using app = await setup({ url, jobs, schedules: { hourly: { of: "any", cron: "0 * * * *" } } });
  await app.start({ schedules: false });

  expect(app.seen).toMatchObject([{ type: "started", schedules: null }]);
  expect(await app.redis.exists(`${app.prefix}:work:repeat`)).toBe(0);
});

test("a server that may evict jobs is refused, unless that is allowed", async () => {
  const redis = await startRedis({ args: ["--maxmemory-policy", "allkeys-lru"] });
  try {
    await using app = await setup({ url: redis.url, jobs });

    await expect(app.start()).rejects.toMatchObject({
      code: "BROKER_REFUSED",
      message: expect.stringContaining("allkeys-lru"),
    });
    await app.start({ allowEviction: true });
  } finally {
    await redis.stop();
  }
});

test("a broker that is not there is said within five seconds", async () => {
  const redis = await startRedis();
  await using app = await setup({ url: redis.url, jobs });
  await redis.stop();
  const startMs = performance.now();

  await expect(app.start()).rejects.toMatchObject({ code: "BROKER_UNREACHABLE" });
  expect(performance.now() - startMs).toBeLessThan(5_000 + slackMs);
});

test("a start that fails leaves no connection open", async () => {
  const redis = await startRedis({ refusals: true });
  try {
    await using app = await setup({ url: redis.url, jobs });
    const connections = async () => String(await app.redis.client("LIST")).match(/user=taskq/g)?.length;
    const before = await connections();
    await app.redis.call("ACL", "SETUSER", "taskq", "-zadd"); // nobody hears that it lives

    await expect(app.start()).rejects.toMatchObject({ code: "BROKER_REFUSED" });

    await expect.poll(connections).toBe(before);
  } finally {
    await redis.stop();
  }
});

test("a broker that goes and comes back is told once each", async () => {
  const redis = await startRedis();
  try {
    await using app = await setup({ url: redis.url, jobs });
    await app.start();

    await redis.kill();
    await app.event("brokerLost");
    await redis.restart();
    await app.event("brokerBack");

    expect(app.seen.map(({ type }) => type)).toEqual(["started", "brokerLost", "brokerBack"]);
  } finally {
    await redis.stop();
  }
});

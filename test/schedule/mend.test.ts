import { expect, test } from "vitest";
import { readSkew } from "../../src/broker/read-skew.ts";
import { mendSchedules } from "../../src/schedule/mend.ts";
import { testRedis } from "../helpers/redis.ts";
import { putBackBy, recordOf, storedOf, syncAll } from "../helpers/schedules.ts";
import { type App, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const hourMs = 3_600_000;

test("a due job that nobody has let go is let go by the broker's clock", async () => {
  await using app = await project();
  await syncAll(app);
  const tick = await putBackBy(app, "hourly", hourMs);

  expect(await mend(app)).toEqual([]);

  expect(await app.redis.lrange(`${app.prefix}:work:wait`, 0, -1)).toEqual([`repeat:hourly:${tick}`]);
});

test("one whose next job is gone gets another, and the lost tick its run", async () => {
  await using app = await project();
  await syncAll(app);
  const tick = await putBackBy(app, "hourly", hourMs);
  await app.redis.zrem(`${app.prefix}:work:delayed`, `repeat:hourly:${tick}`);
  await app.redis.del(`${app.prefix}:work:repeat:hourly:${tick}`);

  expect(await mend(app)).toEqual([{ name: "hourly", reason: "its next run was gone" }]);
  expect((await storedOf(app, "hourly")).nextMs).toBe(tick + hourMs);
  await app.start();

  expect((await recordOf(app, "hourly", ({ runs }) => runs === 1)).last).toMatchObject({ tickMs: tick });
  expect(await mend(app)).toEqual([]);
});

test("one that a fast clock put ahead comes back, and no tick that has run runs again", async () => {
  await using app = await project();
  await syncAll(app);
  const before = (await storedOf(app, "hourly")).nextMs!;
  await putBackBy(app, "hourly", -3 * hourMs);
  const key = `${app.prefix}:taskq:ticks:work:hourly`;

  await app.redis.zadd(key, before, "done work:early", before + hourMs, "done work:earlier");
  expect(await mend(app)).toEqual([]);
  expect((await storedOf(app, "hourly")).nextMs).toBe(before + 3 * hourMs);

  await app.redis.zrem(key, "done work:early");
  expect(await mend(app)).toEqual([{ name: "hourly", reason: "the clock went back" }]);
  expect((await storedOf(app, "hourly")).nextMs).toBe(before);
});

test("a worker whose clock is right has no skew to tell of", async () => {
  await using app = await project();

  const { aheadMs, nowMs } = await readSkew(app.broker);

  expect(Math.abs(aheadMs)).toBeLessThan(1_000);
  expect(Math.abs(nowMs - Date.now())).toBeLessThan(1_000);
  await app.start();
  expect(app.seen.some(({ type }) => type === "warning")).toBe(false);
});

const project = () =>
  setup({ url, jobs: { tidy: async () => {} }, schedules: { hourly: { of: "tidy", cron: "0 * * * *" } } });

const mend = ({ broker }: App) => mendSchedules({ broker, app: "test", queues: ["work"], withAhead: true });

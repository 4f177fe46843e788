import { expect, test } from "vitest";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { runSchedule } from "../../src/schedule/run.ts";
import { testRedis } from "../helpers/redis.ts";
import { gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();

test("a scheduled run knows its tick", async () => {
  let tick: Date | null = null;
  await using app = await setup({
    url,
    jobs: {
      tidy: async (_args: object, { scheduledFor }) => {
        tick = scheduledFor;
      },
    },
    schedules: { often: { of: "tidy", every: "1s" } },
  });
  await app.start();

  const { id } = await app.event("completed");

  expect(id).toBe(`repeat:often:${tick!.getTime()}`);
});

test("a tick during the run before it is skipped, said and counted", async () => {
  const release = gate();
  await using app = await setup({
    url,
    jobs: { slow: () => release.opened },
    schedules: { often: { of: "slow", every: "1s" } },
  });
  await app.start();

  const { id } = await app.event("active");
  const skipped = await app.event("tickSkipped", 2);

  expect(skipped).toMatchObject({ schedule: "often", holder: id });
  expect(app.seen.filter(({ type }) => type === "active")).toHaveLength(1);
  expect(Number(await app.redis.hget(`${app.prefix}:taskq:schedule:work:often`, "skipped"))).toBeGreaterThanOrEqual(2);
  release.open();
  await app.event("active", 2);
});

test("with overlap allowed the runs are side by side", async () => {
  const release = gate();
  await using app = await setup({
    url,
    jobs: { slow: () => release.opened },
    schedules: { often: { of: "slow", every: "1s", overlap: "allow" } },
  });
  await app.start();

  await app.event("active", 2);

  expect(app.seen.some(({ type }) => type === "completed" || type === "tickSkipped")).toBe(false);
  release.open();
});

test("the runs of a schedule have its priority, made for a tick or asked for", async () => {
  await using app = await setup({
    url,
    jobs: { tidy: defineJob({ priority: 4, handler: () => {} }) as AnyJob },
    schedules: { often: { of: "tidy", every: "1s" }, rarely: { of: "tidy", every: "1h", priority: 2 } },
  });
  await app.start();
  const { id } = await app.event("completed", 2);
  const asked = await runSchedule(app.broker, "rarely", { by: "ann", reason: null });

  const [often, rarely] = await Promise.all(
    ["often", "rarely"].map(async (name) => {
      const [next] = (await app.redis.keys(`${app.prefix}:work:repeat:${name}:*`)).sort().reverse();
      return JSON.parse((await app.redis.hget(next!, "opts"))!).priority;
    }),
  );

  expect([often, rarely]).toEqual([4, 2]);
  expect(JSON.parse((await app.redis.hget(`${app.prefix}:work:t-${asked.id}`, "opts"))!).priority).toBe(2);
  expect(id).toMatch(/^repeat:/);
});

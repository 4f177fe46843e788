import { expect, test } from "vitest";
import { readSkew } from "../../src/broker/schedules/read-skew.ts";
import { readOddSchedules } from "../../src/broker/store/odd-schedules.ts";
import type { ScheduleTerms } from "../../src/definition/schedule.ts";
import { mendSchedules } from "../../src/schedule/mend.ts";
import { pauseSchedule } from "../../src/schedule/pause.ts";
import { testRedis } from "../helpers/redis.ts";
import { historyOf, putBackBy, recordOf, storedOf, syncAll } from "../helpers/schedules.ts";
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

test("a record that cannot be read keeps no other schedule from being mended", async () => {
  await using app = await project({ broken: {}, lost: {} });
  await syncAll(app);
  const tick = await putBackBy(app, "broken", hourMs);
  await app.redis.hset(`${app.prefix}:work:repeat:broken:${tick}`, "data", "{", "opts", "{");
  await lose(app, "lost", hourMs);

  expect(await mend(app)).toMatchObject([{ name: "lost" }]);

  expect(await app.redis.lrange(`${app.prefix}:work:wait`, 0, -1)).toContain(`repeat:broken:${tick}`);
});

test("one whose next job is gone gets another, and the lost tick its run", async () => {
  await using app = await project();
  await syncAll(app);
  const tick = await lose(app, "hourly", hourMs);

  expect(await mend(app)).toEqual([{ name: "hourly", reason: "its next run was gone" }]);
  expect((await storedOf(app, "hourly")).nextMs).toBe(tick + hourMs);
  await app.start();

  expect((await recordOf(app, "hourly", ({ runs }) => runs === 1)).last).toMatchObject({ tickMs: tick });
  expect(await mend(app)).toEqual([]);
});

test("while it is paused a lost tick is missed, as are those after it; without catch-up too", async () => {
  await using app = await project({ paused: {}, skipping: { catchUp: "skip" }, all: { catchUp: "all" } });
  await syncAll(app);
  await pauseSchedule(app.broker, "paused", { by: "ada", reason: null });
  const tick = await lose(app, "paused", 3 * hourMs);
  await lose(app, "skipping", 3 * hourMs);
  await lose(app, "all", 3 * hourMs);

  expect((await mend(app)).map(({ name }) => name).sort()).toEqual(["all", "paused", "skipping"]);
  expect(await mend(app)).toEqual([]);

  const missedOf = async (name: string) => (await recordOf(app, name, () => true)).missed;
  expect([await missedOf("paused"), await missedOf("skipping"), await missedOf("all")]).toEqual([3, 3, 0]);
  expect(await historyOf(app, "paused", 1)).toMatchObject([{ kind: "missed", count: 3, reason: "paused" }]);
  expect(await historyOf(app, "skipping", 1)).toMatchObject([{ kind: "missed", reason: "its next run was gone" }]);
  const runs = [0, 1, 2].map((hours) => `t-tick-all-${tick + hours * hourMs}`);
  expect((await app.redis.lrange(`${app.prefix}:work:wait`, 0, -1)).sort()).toEqual(runs);
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

test("one that has ended is not looked after for ever, and one whose last run is over only now and then", async () => {
  await using app = await project();
  await syncAll(app);
  const tick = await lose(app, "hourly", hourMs);
  const odd = async (withAhead: boolean) =>
    (await readOddSchedules(app.broker, ["work"], { withAhead })).map(({ what }) => what);
  const endAt = (ms: number) => app.redis.hset(`${app.prefix}:work:repeat:hourly`, "endDate", ms);

  expect(await odd(false)).toEqual(["gone"]);
  await endAt(Date.now() + hourMs);
  expect([await odd(false), await odd(true)]).toEqual([[], ["gone"]]);
  await endAt(tick + 1);
  expect([await odd(false), await odd(true)]).toEqual([[], []]);
});

test("a worker whose clock is right has no skew to tell of", async () => {
  await using app = await project();

  const { aheadMs, nowMs } = await readSkew(app.broker);

  expect(Math.abs(aheadMs)).toBeLessThan(1_000);
  expect(Math.abs(nowMs - Date.now())).toBeLessThan(1_000);
  await app.start();
  expect(app.seen.some(({ type }) => type === "warning")).toBe(false);
});

type Terms = Readonly<Record<string, Pick<ScheduleTerms, "catchUp">>>;

const project = (terms: Terms = { hourly: {} }) =>
  setup({
    url,
    jobs: { tidy: async () => {} },
    schedules: Object.fromEntries(
      Object.entries(terms).map(([name, each]) => [name, { of: "tidy", cron: "0 * * * *", ...each }]),
    ),
  });

/** Puts a schedule back, and takes its next job away. */
async function lose(app: App, name: string, ms: number): Promise<number> {
  const tick = await putBackBy(app, name, ms);
  await app.redis.zrem(`${app.prefix}:work:delayed`, `repeat:${name}:${tick}`);
  await app.redis.del(`${app.prefix}:work:repeat:${name}:${tick}`);
  return tick;
}

const mend = ({ broker }: App) => mendSchedules({ broker, app: "test", queues: ["work"], withAhead: true });

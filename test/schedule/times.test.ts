import { expect, test } from "vitest";
import { readSchedules } from "../../src/broker/schedules/schedulers.ts";
import { listSchedules } from "../../src/schedule/list.ts";
import { syncSchedules } from "../../src/schedule/sync.ts";
import { testRedis } from "../helpers/redis.ts";
import { historyOf, putBackBy, recordOf } from "../helpers/schedules.ts";
import { type App, type SetupOptions, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const hourMs = 3_600_000;

test("several expressions with jitter run by turns, and what they have stored is left alone by a sync", async () => {
  await using app = await project({
    often: {
      of: "tidy",
      cron: ["*/2 * * * * *", "1-59/2 * * * * *", "* * * * * *"],
      jitter: "250ms",
      overlap: "allow",
    },
  });
  await app.start();

  await app.event("completed", 3);
  const runs = app.seen.flatMap((event) => (event.type === "completed" ? [Number(event.id.split(":")[2])] : []));

  expect(runs.slice(0, 3).map((ms) => ms % 1_000)).toEqual([250, 250, 250]);
  expect(new Set(runs).size).toBe(runs.length); // a second that two of them name is one tick
  expect(await sync(app)).toEqual({ written: [], removed: [], foreign: [] });
  expect(await stored(app)).toMatchObject([
    { cron: "*/2 * * * * * | 1-59/2 * * * * * | * * * * * *", jitterMs: 250, startMs: undefined, endMs: undefined },
  ]);
});

test("a schedule starts and ends when it says, and then the list says that it has ended", async () => {
  const endAt = new Date(Date.now() + 3_500);
  await using app = await project({
    cron: { of: "tidy", cron: "* * * * * *", endAt },
    every: { of: "tidy", every: "1s", endAt },
    last: { of: "tidy", every: "1s", startAt: endAt },
    later: { of: "tidy", cron: "* * * * * *", startAt: new Date("2100-01-01T00:00Z") },
  });
  await app.start();
  for (let id = ""; !id.startsWith("repeat:last:"); ) ({ id } = await app.next("completed"));
  await app.next("completed"); // one second past the end

  const ran = app.seen.flatMap((event) => (event.type === "active" ? [event.id.split(":")] : []));
  for (const [, name, ms] of ran) {
    if (name === "last") expect(Number(ms)).toBeGreaterThanOrEqual(endAt.getTime());
    else expect(Number(ms)).toBeLessThanOrEqual(endAt.getTime());
  }
  expect(new Set(ran.map(([, name]) => name))).toEqual(new Set(["cron", "every", "last"]));
  const rows = await listSchedules(app.broker, { project: { catalog: app.catalog, app: "test" } });
  expect(Object.fromEntries(rows.map(({ name, next, reason }) => [name, next ?? reason]))).toEqual({
    cron: `ended at ${endAt.toISOString()}`,
    every: `ended at ${endAt.toISOString()}`,
    last: expect.stringMatching(/Z$/),
    later: "2100-01-01T00:00:00.000Z",
  });
  expect(Object.fromEntries(rows.map(({ name, state }) => [name, state]))).toEqual({
    cron: "ended",
    every: "ended",
    last: "ok",
    later: "ok",
  });
  expect(await sync(app)).toEqual({ written: [], removed: [], foreign: [] });
});

test("one that has no run left before its end says so, and an end that is past is said to be", async () => {
  const tomorrow = new Date(Date.now() + 24 * hourMs);
  const soon = new Date(Date.now() + 600_000);
  await using app = await project({
    cron: { of: "tidy", cron: `0 0 1 ${((tomorrow.getUTCMonth() + 6) % 12) + 1} *`, endAt: tomorrow },
    every: { of: "tidy", every: "1h", endAt: soon },
  });
  const reasons = async () => {
    const rows = await listSchedules(app.broker, { project: { catalog: app.catalog, app: "test" } });
    return Object.fromEntries(rows.map(({ name, next, reason }) => [name, next ?? reason]));
  };
  expect(await reasons()).toEqual({
    cron: `no run before its end at ${tomorrow.toISOString()}`,
    every: "not in the broker yet: `taskq run-worker` puts it there",
  });
  await app.start();
  await app.event("completed");

  expect(await reasons()).toMatchObject({ every: `no run before its end at ${soon.toISOString()}` });
});

test("one whose end is past is not written, and one that gets such an end is taken out", async () => {
  const endAt = new Date("2020-01-01T00:00Z");
  await using app = await project({
    fresh: { of: "tidy", cron: "@daily", endAt },
    kept: { of: "tidy", cron: "@daily" },
  });
  await using ended = await project({ kept: { of: "tidy", cron: "@daily", endAt } }, app.prefix);

  expect(await sync(app)).toEqual({ written: ["kept"], removed: [], foreign: [] });
  expect(await sync(ended)).toEqual({ written: [], removed: ["kept"], foreign: [] });
  expect(await stored(app)).toEqual([]);
});

test("a change of start, end or jitter is written", async () => {
  const terms = { of: "tidy", cron: "@daily" };
  await using app = await project({ it: terms });
  await sync(app);
  for (const change of [{ jitter: "5s" }, { startAt: new Date("2100-01-01") }, { endAt: new Date("2100-01-01") }]) {
    await using changed = await project({ it: { ...terms, ...change } }, app.prefix);
    expect(await sync(changed)).toEqual({ written: ["it"], removed: [], foreign: [] });
    expect(await sync(changed)).toEqual({ written: [], removed: [], foreign: [] });
  }
});

test("a sync of a thousand schedules that changes nothing costs little", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, at) => [
      `s${at}`,
      { of: "tidy", cron: `${at % 60} ${at % 24} * * *`, timezone: "Europe/Berlin" },
    ]),
  );
  await using app = await project(many);
  expect((await sync(app)).written).toHaveLength(1_000);

  const started = performance.now();
  expect(await sync(app)).toEqual({ written: [], removed: [], foreign: [] });
  expect(performance.now() - started).toBeLessThan(20_000); // a moment on a machine of its own
});

test("ticks before an end that came while no worker was there are missed, not forgotten", async () => {
  const hourly = { of: "tidy", cron: "0 * * * *" };
  await using app = await project({ it: hourly });
  await sync(app);
  const tick = await putBackBy(app, "it", 5 * hourMs);
  const key = `${app.prefix}:work:repeat:it:${tick}`;
  const endDate = tick + 2.5 * hourMs;
  const opts = JSON.parse((await app.redis.hget(key, "opts"))!);
  await app.redis.hset(key, "opts", JSON.stringify({ ...opts, repeat: { ...opts.repeat, endDate } }));
  await app.redis.hset(`${app.prefix}:work:repeat:it`, "endDate", endDate);

  await app.start({ schedules: false });
  const record = await recordOf(app, "it", ({ runs, missed }) => runs === 1 && missed > 0);

  expect(record).toMatchObject({ runs: 1, missed: 2 });
  expect(await historyOf(app, "it")).toContainEqual(expect.objectContaining({ kind: "missed", count: 2 }));
});

const project = (schedules: SetupOptions["schedules"] & object, prefix?: string) =>
  setup({ url, ...(prefix && { prefix }), jobs: { tidy: async () => {} }, schedules });

const sync = ({ broker, catalog }: Pick<App, "broker" | "catalog">) =>
  syncSchedules({ broker, catalog, app: "test", release: "r1", select: (queues) => queues });

const stored = ({ broker }: App) => readSchedules(broker, "work");

import { expect, test } from "vitest";
import { openBroker } from "../../src/broker/broker.ts";
import { type NewSchedule, readSchedules, type StoredSchedule } from "../../src/broker/schedules/schedulers.ts";
import { writeSchedule } from "../../src/broker/schedules/write-schedule.ts";
import { readScheduleRecords } from "../../src/broker/store/schedule-record.ts";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { listSchedules } from "../../src/schedule/list.ts";
import { syncSchedules } from "../../src/schedule/sync.ts";
import { testRedis } from "../helpers/redis.ts";
import { type App, type SetupOptions, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const hourly = { of: "tidy", cron: "0 * * * *" };

test("sync writes what is declared, and the second time nothing", async () => {
  await using app = await project({ hourly });

  expect(await sync(app)).toEqual({ written: ["hourly"], removed: [] });
  expect(await sync(app)).toEqual({ written: [], removed: [] });
  expect(await stored(app)).toMatchObject([
    { name: "hourly", job: "work.tidy", cron: "0 * * * *", timezone: "UTC", app: "test", args: {} },
  ]);
});

test("only what changed is written again", async () => {
  await using app = await project({ hourly, daily: { of: "tidy", cron: "0 3 * * *" } });
  await sync(app);
  await using changed = await project({ hourly, daily: { of: "tidy", cron: "0 4 * * *" } }, app.prefix);

  expect(await sync(changed)).toEqual({ written: ["daily"], removed: [] });
});

test("own orphans are removed, those of other apps and of raw producers left alone", async () => {
  await using app = await project({ hourly });
  await sync(app);
  const [ours] = await stored(app);
  await writeSchedule(app.broker, {
    ...(ours as NewSchedule),
    name: "theirs",
    app: "other",
  });
  await using none = await project({}, app.prefix);

  expect(await sync(none)).toEqual({ written: [], removed: ["hourly"] });
  expect((await stored(app)).map(({ name }) => name)).toEqual(["theirs"]);
});

test("an orphan in a queue that has no job any more is removed too", async () => {
  await using app = await project({ hourly });
  await sync(app);
  await using moved = await setup({ url, prefix: app.prefix, jobs: { other: job("mail") } });

  expect(await sync(moved)).toMatchObject({ removed: ["hourly"] });
});

test("a process of some queues leaves the schedules of the others alone", async () => {
  await using app = await project({ hourly });
  await sync(app);
  await using none = await project({}, app.prefix);

  expect(await sync(none, (queue) => queue !== "work")).toEqual({ written: [], removed: [] });
  expect(await stored(app)).toHaveLength(1);
});

test("an overdue one that did not change keeps its run", async () => {
  await using app = await project({ often: { of: "tidy", every: "1s" } });
  await sync(app);
  const before = await stored(app);
  await overdue(before[0]!);

  expect(await sync(app)).toEqual({ written: [], removed: [] });
  expect(await stored(app)).toEqual(before);
  await app.start();
  expect(await app.event("active")).toMatchObject({ id: `repeat:often:${before[0]!.nextMs}` });
});

test("of an overdue one that changed the pending run stays, once", async () => {
  await using app = await project({ often: { of: "tidy", every: "1s" } });
  await sync(app);
  const [before] = await stored(app);
  await overdue(before!);
  await using changed = await project({ often: { of: "tidy", cron: "0 0 29 2 *" } }, app.prefix);

  expect(await sync(changed)).toEqual({ written: ["often"], removed: [] });
  await changed.start();

  await changed.event("completed");
  expect(changed.seen.filter(({ type }) => type === "active")).toMatchObject([
    { id: `repeat:often:${before!.nextMs}` },
  ]);
});

test("where one cannot be written the others are, with their records, before that is told", async () => {
  const startAt = new Date("2100-01-01T00:00Z");
  await using app = await project({ bad: { of: "tidy", every: "1h", startAt }, good: hourly });
  for (let slot = 0; slot <= 32; slot++) {
    const id = `repeat:bad:${startAt.getTime() + slot * 3_600_000}`;
    await app.redis.hset(`${app.prefix}:work:${id}`, "name", "any");
  }

  await expect(sync(app)).rejects.toMatchObject({ code: -11 });

  const [good] = await stored(app);
  expect(good).toMatchObject({ name: "good" });
  expect(await readScheduleRecords(app.broker, [good!])).toMatchObject([{ upToMs: good!.nextMs }]);
});

test("two syncs at once write each schedule once", async () => {
  await using app = await project({ hourly });
  const second = await openBroker({ url, prefix: app.prefix, root: "/", kind: "reconnecting" });

  const synced = await Promise.all([sync(app), sync({ ...app, broker: second })]);
  await second.close();

  expect(synced.flatMap(({ written }) => written)).toEqual(["hourly"]);
  expect(await stored(app)).toHaveLength(1);
});

test("the list tells new, ok, changed, orphan and foreign", async () => {
  await using old = await project({ same: hourly, changed: hourly, gone: hourly });
  await sync(old);
  const [any] = await stored(old);
  await writeSchedule(old.broker, {
    ...(any as NewSchedule),
    name: "theirs",
    app: "other",
  });
  await using app = await project(
    { same: hourly, changed: { of: "tidy", cron: "5 * * * *" }, fresh: hourly },
    old.prefix,
  );

  const rows = await listSchedules(app.broker, { project: { catalog: app.catalog, app: "test" } });

  expect(Object.fromEntries(rows.map(({ name, state }) => [name, state]))).toEqual({
    same: "ok",
    changed: "changed",
    fresh: "new",
    gone: "orphan",
    theirs: "foreign",
  });
  expect(rows.find(({ name }) => name === "fresh")).toMatchObject({ next: null, reason: expect.any(String) });
  expect(rows.find(({ name }) => name === "same")).toMatchObject({
    next: expect.stringMatching(/:00:00.000Z$/),
    reason: null,
  });
});

test("one that another app has by the same name is listed as theirs, as it stands", async () => {
  await using theirs = await project({ hourly: { of: "tidy", cron: "5 * * * *" } });
  await syncSchedules({ ...theirs, app: "other", release: "r1", select: (queues) => queues });
  await using app = await project({ hourly }, theirs.prefix);

  const rows = await listSchedules(app.broker, { project: { catalog: app.catalog, app: "test" } });

  expect(rows).toMatchObject([{ name: "hourly", state: "foreign", app: "other", cron: "5 * * * *" }]);
});

const project = (schedules: SetupOptions["schedules"] & object, prefix?: string) =>
  setup({ url, ...(prefix && { prefix }), jobs: { tidy: async () => {} }, schedules });

async function sync({ broker, catalog }: Pick<App, "broker" | "catalog">, isSelected = (_queue: string) => true) {
  const select = (queues: readonly string[]) => queues.filter(isSelected);
  const { written, removed } = await syncSchedules({ broker, catalog, app: "test", release: "r1", select });
  return { written, removed };
}

const stored = ({ broker }: App) => readSchedules(broker, "work");

/** Resolves once the next run of a schedule is due. */
async function overdue({ nextMs }: StoredSchedule): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, nextMs! - Date.now() + 5));
}

function job(queue: string) {
  return defineJob({ queue, handler: async () => {} }) as AnyJob;
}

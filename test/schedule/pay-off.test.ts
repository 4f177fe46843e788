import { expect, test } from "vitest";
import { readSchedules } from "../../src/broker/schedules/schedulers.ts";
import { wakeRun } from "../../src/broker/schedules/wake-run.ts";
import { readScheduleRecords } from "../../src/broker/store/schedule-record.ts";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { pauseSchedule } from "../../src/schedule/pause.ts";
import { resumeSchedule } from "../../src/schedule/resume.ts";
import { testRedis } from "../helpers/redis.ts";
import { historyOf, putBackBy, recordOf, storedOf, syncAll } from "../helpers/schedules.ts";
import { type App, gate, type SetupOptions, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const hourMs = 3_600_000;
const hourly = { of: "tidy", cron: "0 * * * *" };
const evenly = { of: "tidy", every: "1h" };
const ada = { by: "ada", reason: null };

test("an overdue run of an `every` that keeps its distance stays, with new args, and each tick is told of once", async () => {
  const runs: unknown[] = [];
  await using app = await project({ it: { ...evenly, args: { of: "old" } } });
  await syncAll(app);
  const tick = await putBackBy(app, "it", 5 * hourMs);
  await using changed = await project({ it: { ...evenly, args: { of: "new" } } }, app.prefix, runs);

  expect(await syncAll(changed)).toMatchObject({ written: ["it"] });
  expect((await storedOf(app, "it")).nextMs).toBe(tick);
  await changed.start();
  await recordOf(app, "it", ({ runs, missed }) => runs + missed >= 6);
  await changed.event("completed");

  expect(runs).toEqual([{ of: "new" }]);
  expect(await recordOf(app, "it", () => true)).toMatchObject({ runs: 1, missed: 5 });
  expect((await historyOf(app, "it")).filter(({ kind }) => kind === "missed")).toMatchObject([{ count: 5 }]);
});

test("an `every` that is to start later waits for that, and what it owed is run", async () => {
  await using app = await project({ it: evenly });
  await syncAll(app);
  const tick = await putBackBy(app, "it", hourMs);
  const startAt = new Date("2100-01-01T00:00Z");
  await using changed = await project({ it: { ...evenly, startAt } }, app.prefix);

  await syncAll(changed);

  expect((await storedOf(app, "it")).nextMs).toBe(startAt.getTime());
  expect(await enqueued(app)).toEqual([`t-tick-it-${tick}`]);
});

test("an `every` whose end had come, and comes later now, owes nothing for the time between", async () => {
  await using app = await project({ it: evenly });
  await syncAll(app);
  const tick = await putBackBy(app, "it", 5 * hourMs);
  await app.redis.hset(`${app.prefix}:work:repeat:it`, "endDate", tick + 1.5 * hourMs);

  await syncAll(app);

  expect((await storedOf(app, "it")).nextMs).toBeGreaterThan(tick + 4.9 * hourMs);
  expect(await enqueued(app)).toContain(`t-tick-it-${tick}`);
  expect(await recordOf(app, "it", () => true)).toMatchObject({ missed: 1 });
});

test("ticks that nobody had accounted for are missed, not forgotten, where the schedule changes", async () => {
  await using app = await project({ it: hourly });
  await syncAll(app);
  const { nextMs } = await storedOf(app, "it");
  const since = nextMs! - 3 * hourMs;
  await app.redis.hset(`${app.prefix}:taskq:schedule:work:it`, "upTo", since, "planFrom", since);
  await using changed = await project({ it: { ...hourly, cron: "30 * * * *" } }, app.prefix);

  await syncAll(changed);

  expect(await recordOf(app, "it", () => true)).toMatchObject({ missed: 3 });
  expect(await historyOf(app, "it")).toMatchObject([{ kind: "missed", count: 3, reason: "no worker was free" }]);
  expect(await enqueued(app)).toEqual([]);
});

test("where the overdue run is too late for its window, the latest tick of the window is run", async () => {
  await using app = await project({ it: { ...hourly, catchUpWindow: "2h" } });
  await syncAll(app);
  const tick = await putBackBy(app, "it", 5 * hourMs);
  await using changed = await project({ it: { ...hourly, cron: "30 * * * *", catchUpWindow: "2h" } }, app.prefix);

  await syncAll(changed);

  expect(await enqueued(app)).toEqual([`t-tick-it-${tick + 4 * hourMs}`]);
  expect(await recordOf(app, "it", () => true)).toMatchObject({ missed: 4 });
});

test("where the overdue run waits for a worker already, it stays the one for all ticks since", async () => {
  await using app = await project({ it: hourly });
  await syncAll(app);
  const tick = await putBackBy(app, "it", 5 * hourMs);
  await wakeRun(app.broker, { queue: "work", id: `repeat:it:${tick}` });
  await using changed = await project({ it: { ...hourly, cron: "30 * * * *" } }, app.prefix);

  await syncAll(changed);

  expect(await enqueued(app)).toEqual([`repeat:it:${tick}`]);
  expect(await recordOf(app, "it", () => true)).toMatchObject({ missed: 4 });
});

test("a tick that was accounted for by whoever ended a pause is not owed", async () => {
  await using app = await project({ it: hourly });
  await syncAll(app);
  await pauseSchedule(app.broker, "it", ada);
  const tick = await putBackBy(app, "it", 5 * hourMs);
  await app.redis.hset(`${app.prefix}:taskq:schedule:work:it`, "paused.at", tick - 1);
  await resumeSchedule(app.broker, "it", { ...ada, catchUp: "skip" });
  await using changed = await project({ it: { ...hourly, cron: "30 * * * *" } }, app.prefix);

  await syncAll(changed);

  expect(await enqueued(app)).toEqual([]);
  expect(await recordOf(app, "it", () => true)).toMatchObject({ missed: 5 });
});

test("a change that ends a schedule leaves it the run that it owes, but none after the end", async () => {
  await using app = await project({ it: hourly, early: hourly });
  await syncAll(app);
  const tick = await putBackBy(app, "it", 5 * hourMs);
  await putBackBy(app, "early", 5 * hourMs);
  const until = (ms: number) => ({ ...hourly, endAt: new Date(ms) });
  await using ended = await project({ it: until(tick + hourMs), early: until(tick - 1) }, app.prefix);

  expect(await syncAll(ended)).toMatchObject({ written: [], removed: ["early", "it"] });

  expect(await enqueued(app)).toEqual([`t-tick-it-${tick}`]);
  expect(await recordOf(app, "it", () => true)).toMatchObject({ missed: 1 });
  expect(await recordOf(app, "early", () => true)).toMatchObject({ missed: 0 });
});

test("a record goes along to another queue and back, and replaces what was left there", async () => {
  await using app = await project({ it: hourly });
  await using moved = await setup({
    url,
    prefix: app.prefix,
    jobs: { tidy: inQueue("mail") },
    schedules: { it: hourly },
  });
  const pausedIn = async (queue: string) =>
    (await readScheduleRecords(app.broker, [{ queue, name: "it" }]))[0]!.paused !== undefined;
  await syncAll(app);
  await pauseSchedule(app.broker, "it", ada);

  await syncAll(moved, "r2");
  expect(await pausedIn("mail")).toBe(true);
  await resumeSchedule(app.broker, "it", { ...ada, queue: "mail" });
  await syncAll(app);
  expect(await pausedIn("work")).toBe(false);
  await pauseSchedule(app.broker, "it", ada);
  await syncAll(moved, "r2");
  expect(await pausedIn("mail")).toBe(true);
});

test("an overdue one that moves to another queue runs there, and keeps what is known of it", async () => {
  await using app = await project({ it: hourly });
  await syncAll(app);
  const tick = await putBackBy(app, "it", 5 * hourMs);
  await app.redis.hset(`${app.prefix}:taskq:schedule:work:it`, "missed", 7);
  await using moved = await setup({
    url,
    prefix: app.prefix,
    jobs: { tidy: inQueue("mail") },
    schedules: { it: hourly },
  });

  await syncAll(moved);

  expect(await enqueued(app, "mail")).toEqual([`t-tick-it-${tick}`]);
  expect(await readSchedules(app.broker, "work")).toEqual([]);
  expect(await readScheduleRecords(app.broker, [{ queue: "mail", name: "it" }])).toMatchObject([{ missed: 7 + 4 }]);
});

test("one that moves to another queue while its run waits there has that run once, in the new one", async () => {
  await using app = await project({ it: hourly });
  await syncAll(app);
  const tick = await putBackBy(app, "it", hourMs);
  const id = `repeat:it:${tick}`;
  await wakeRun(app.broker, { queue: "work", id });
  await using moved = await setup({
    url,
    prefix: app.prefix,
    jobs: { tidy: inQueue("mail") },
    schedules: { it: hourly },
  });

  await syncAll(moved);

  expect(await enqueued(app, "mail")).toEqual([`t-tick-it-${tick}`]);
  expect(await enqueued(app)).toEqual([]);
  expect(await app.redis.exists(`${app.prefix}:work:${id}`)).toBe(0);
});

test("one that moves to another queue while a worker has its run leaves it there, and none runs beside it", async () => {
  const { opened, open } = gate();
  const runs: Date[] = [];
  const tidy = async (_args: object, { scheduledFor }: { scheduledFor: Date | null }) => {
    runs.push(scheduledFor!);
    await opened;
  };
  await using app = await setup({ url, jobs: { tidy }, schedules: { it: hourly } });
  await syncAll(app);
  const tick = await putBackBy(app, "it", hourMs);
  await app.start();
  await app.event("active");
  // As if its worker had taken it in this moment, and neither begun it nor made the next one.
  await app.redis.del(`${app.prefix}:taskq:ticks:work:it`);
  await app.redis.hset(`${app.prefix}:taskq:schedule:work:it`, "upTo", tick);
  await app.redis.zadd(`${app.prefix}:work:repeat`, tick, "it");
  await using moved = await setup({
    url,
    prefix: app.prefix,
    jobs: { tidy: inQueue("mail") },
    schedules: { it: hourly },
  });

  await syncAll(moved);
  open();
  await app.event("completed");

  expect(await enqueued(app, "mail")).toEqual([]);
  expect(runs).toEqual([new Date(tick)]);
});

const project = (schedules: SetupOptions["schedules"] & object, prefix?: string, runs: unknown[] = []) =>
  setup({
    url,
    ...(prefix && { prefix }),
    jobs: {
      tidy: async (args: object) => {
        runs.push(args);
      },
    },
    schedules,
  });

const inQueue = (queue: string) => defineJob({ queue, handler: async () => {} }) as AnyJob;

/** Runs of ours that wait. */
const enqueued = ({ redis, prefix }: App, queue = "work") => redis.lrange(`${prefix}:${queue}:wait`, 0, -1);

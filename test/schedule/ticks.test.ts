import { expect, test } from "vitest";
import { defineJob } from "../../src/definition/job.ts";
import { testRedis } from "../helpers/redis.ts";
import { historyOf, putBackBy, recordOf, storedOf, syncAll } from "../helpers/schedules.ts";
import { gate, type SetupOptions, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const hourMs = 3_600_000;

test("once: after five hours without a worker one run, for the first tick, and the other four are recorded as missed", async () => {
  const ticks: number[] = [];
  await using app = await project(ticks, { hourly: { of: "tidy", cron: "0 * * * *" } });
  await syncAll(app);
  const tick = await putBackBy(app, "hourly", 5 * hourMs);
  const next = tick + 5 * hourMs;

  await app.start();
  await app.event("completed");
  await app.event("ticksMissed");
  const record = await recordOf(app, "hourly", ({ runs }) => runs === 1);

  expect(ticks).toEqual([tick]);
  expect(record).toMatchObject({ runs: 1, failed: 0, missed: 4, skipped: 0, upToMs: next });
  expect(record.last).toMatchObject({ tickMs: tick, outcome: "completed", id: `repeat:hourly:${tick}` });
  expect((await storedOf(app, "hourly")).nextMs).toBe(next);
  expect((await historyOf(app, "hourly")).map(({ kind, count, tick }) => [kind, count, tick])).toEqual([
    ["completed", 1, at(tick)],
    ["missed", 4, at(tick + hourMs)],
    ["caught-up", 1, at(tick)],
  ]);
});

test("all: every tick of the window gets a run, in order, one after another, and those before it are missed", async () => {
  const ticks: number[] = [];
  let [now, most] = [0, 0];
  await using app = await setup({
    url,
    jobs: {
      tidy: async (_args: object, { scheduledFor }) => {
        most = Math.max(most, ++now);
        ticks.push(scheduledFor!.getTime());
        await Promise.resolve();
        now--;
      },
    },
    schedules: { hourly: { of: "tidy", cron: "0 * * * *", catchUp: "all", catchUpWindow: "3h" } },
  });
  await syncAll(app);
  const tick = await putBackBy(app, "hourly", 5 * hourMs);

  await app.start();
  const record = await recordOf(app, "hourly", ({ runs, missed }) => runs + missed === 5);

  const young = [1, 2, 3, 4].map((hours) => tick + hours * hourMs).filter((each) => Date.now() - each <= 3 * hourMs);
  expect(ticks).toEqual(young);
  expect(most).toBe(1);
  expect(record).toMatchObject({ runs: young.length, missed: 5 - young.length });
});

test("skip: a tick that comes up a minute late is missed, one in time runs", async () => {
  const ticks: number[] = [];
  await using app = await project(ticks, {
    hourly: { of: "tidy", cron: "0 * * * *", catchUp: "skip" },
    often: { of: "tidy", every: "1h", catchUp: "skip" },
  });
  await syncAll(app);
  await putBackBy(app, "hourly", 3 * hourMs);

  await app.start();
  const record = await recordOf(app, "hourly", ({ missed }) => missed === 3);
  await recordOf(app, "often", ({ runs }) => runs === 1);

  expect(record).toMatchObject({ runs: 0, last: undefined });
  expect(ticks).toHaveLength(1);
});

test("ticks that pass while all workers are busy are recorded as missed", async () => {
  const release = gate();
  await using app = await setup({
    url,
    config: { concurrency: 1 },
    jobs: { slow: () => release.opened, tidy: async () => {} },
    schedules: { often: { of: "tidy", every: "1s" } },
  });
  await app.enqueue("slow");
  await app.start({ schedules: false });
  await app.event("active");
  await syncAll(app);
  const tick = await putBackBy(app, "often", 4_000);
  release.open();

  const { count, from } = await app.event("ticksMissed");

  expect(count).toBeGreaterThanOrEqual(3);
  expect(from).toBe(at(tick + 1_000));
});

test("queue: one tick waits for the run before it, those after it are skipped", async () => {
  const release = gate();
  let running = 0;
  let most = 0;
  await using app = await setup({
    url,
    jobs: {
      slow: async () => {
        most = Math.max(most, ++running);
        await release.opened;
        running--;
      },
    },
    schedules: { often: { of: "slow", every: "1s", overlap: "queue" } },
  });
  await app.start();
  const { id } = await app.event("active");

  const { holder } = await app.event("tickSkipped");
  release.open();
  const second = await app.event("active", 2);

  expect(holder).not.toBe(id);
  expect(second.id).toBe(holder);
  expect(most).toBe(1);
});

test("a tick that meets its job's own unique key is skipped, and its run holds that key in turn", async () => {
  const release = gate();
  await using app = await setup({
    url,
    jobs: { slow: defineJob({ unique: "one", handler: () => release.opened }) as never },
    schedules: { often: { of: "slow", every: "1s", overlap: "allow" } },
  });
  const { id } = await app.enqueue("slow");
  await app.start();
  await app.event("active");

  const skipped = await app.event("tickSkipped");
  expect(skipped.holder).toBe(id);
  release.open();
  const scheduled = await app.event("active", 2);

  expect(scheduled.schedule).toBe("often");
  expect((await recordOf(app, "often", () => true)).skipped).toBeGreaterThanOrEqual(1);
  const free = await app.event("completed", 3);
  expect(free.job).toBe("work.slow");
});

test("a scheduled run that holds its job's unique key makes an enqueued one a duplicate, until it has ended", async () => {
  const release = gate();
  await using app = await setup({
    url,
    jobs: { slow: defineJob({ unique: "one", handler: () => release.opened }) as never },
    schedules: { often: { of: "slow", every: "1h" } },
  });
  await app.start();
  const { id } = await app.event("active");

  expect(await app.enqueue("slow")).toMatchObject({ created: false, id });
  release.open();
  await app.event("completed");
  expect(await app.enqueue("slow")).toMatchObject({ created: true });
});

test("a run that failed for good is recorded with its error, one that is tried again only at its end", async () => {
  await using app = await setup({
    url,
    jobs: {
      bad: defineJob({
        attempts: 2,
        backoff: { type: "fixed", delay: "10ms" },
        handler: async () => {
          throw new Error("no such luck");
        },
      }) as never,
    },
    schedules: { often: { of: "bad", every: "1h" } },
  });
  await app.start();
  await app.event("failed", 2);
  const record = await recordOf(app, "often", ({ failed }) => failed === 1);

  expect(record).toMatchObject({ runs: 1, failed: 1, last: { outcome: "failed", error: "no such luck" } });
  expect(await historyOf(app, "often")).toMatchObject([{ kind: "failed", reason: "no such luck" }]);
});

test("the end of a run whose worker died before it could tell is read from the job", async () => {
  const ticks: number[] = [];
  await using app = await project(ticks, { often: { of: "tidy", every: "1h" } });
  await app.start();
  await recordOf(app, "often", ({ runs }) => runs === 1);
  const { nextMs } = await storedOf(app, "often");
  await app.redis.hdel(`${app.prefix}:taskq:schedule:work:often`, "ended", "last.at", "runs");
  await app.redis.hdel(`${app.prefix}:work:repeat:often:${nextMs! - hourMs}`, "taskq:ended");

  const record = await recordOf(app, "often", () => true);

  expect(record).toMatchObject({ runs: 1, last: { outcome: "completed", resultJson: '"tidied"' } });
  expect(await recordOf(app, "often", () => true)).toMatchObject({ runs: 1 });
});

test("many runs that end at once are all recorded, and the history keeps to its bound", async () => {
  await using app = await setup({
    url,
    config: { concurrency: 50 },
    jobs: { tidy: async () => {} },
    schedules: { hourly: { of: "tidy", cron: "0 * * * *", catchUp: "all", catchUpWindow: "30d", overlap: "allow" } },
  });
  await syncAll(app);
  await putBackBy(app, "hourly", 400 * hourMs);
  await Promise.all([app.start(), app.start({ name: "second" })]);

  const record = await recordOf(app, "hourly", ({ runs, missed }) => runs + missed >= 400);

  expect(record).toMatchObject({ runs: 101, missed: 299, skipped: 0 });
  const entries = await historyOf(app, "hourly", 1_000);
  expect(entries.filter(({ kind }) => kind === "completed")).toHaveLength(101);
  expect(await app.redis.llen(`${app.prefix}:taskq:history:work:hourly`)).toBeLessThanOrEqual(200);
  const ticks = entries.filter(({ kind }) => kind === "completed").map(({ tick }) => tick);
  expect(new Set(ticks).size).toBe(101);
});

const project = (ticks: number[], schedules: SetupOptions["schedules"] & object) =>
  setup({
    url,
    jobs: {
      tidy: async (_args: object, { scheduledFor }) => {
        ticks.push(scheduledFor!.getTime());
        return "tidied";
      },
    },
    schedules,
  });

const at = (ms: number) => new Date(ms).toISOString();

test("once with a window: where the first tick is too old, the latest of the window is run", async () => {
  const ticks: number[] = [];
  await using app = await project(ticks, { hourly: { of: "tidy", cron: "0 * * * *", catchUpWindow: "3h" } });
  await syncAll(app);
  const tick = await putBackBy(app, "hourly", 6 * hourMs);

  await app.start();
  const record = await recordOf(app, "hourly", ({ runs }) => runs === 1);

  expect(ticks).toEqual([tick + 5 * hourMs]);
  expect(record).toMatchObject({ runs: 1, missed: 5 });
});

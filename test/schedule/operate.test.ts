import { expect, test } from "vitest";
import { listSchedules } from "../../src/schedule/list.ts";
import { pauseSchedule } from "../../src/schedule/pause.ts";
import { pauseSchedules } from "../../src/schedule/pause-all.ts";
import { resumeSchedule } from "../../src/schedule/resume.ts";
import { runSchedule } from "../../src/schedule/run.ts";
import { testRedis } from "../helpers/redis.ts";
import { historyOf, putBackBy, recordOf, storedOf, syncAll } from "../helpers/schedules.ts";
import { type App, gate, type SetupOptions, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const hourMs = 3_600_000;
const ada = { by: "ada@desk", reason: "month end" };

test("a paused schedule begins no run: its ticks are recorded as missed, and the list says who and why", async () => {
  const runs: string[] = [];
  await using app = await project(runs, { often: { of: "tidy", every: "1s" } });
  await syncAll(app);

  expect(await pauseSchedule(app.broker, "often", ada)).toMatchObject({ queue: "work", changed: true, paused: ada });
  expect(await pauseSchedule(app.broker, "often", { by: "bob", reason: null })).toMatchObject({
    changed: false,
    paused: ada,
  });
  await app.start();
  await app.event("ticksMissed", 2);

  expect(runs).toEqual([]);
  const [row] = await listSchedules(app.broker, {});
  expect(row).toMatchObject({
    next: null,
    reason: "paused by ada@desk: month end",
    paused: { ...ada, at: expect.any(String) },
    last: null,
  });
  expect(row!.missed).toBeGreaterThanOrEqual(2);
  expect(await historyOf(app, "often")).toMatchObject([
    { kind: "missed", reason: "paused", count: expect.any(Number) },
    { kind: "paused", reason: "ada@desk: month end" },
  ]);
});

test("a resumed one goes on; without catch-up the ticks of the pause stay missed", async () => {
  const runs: string[] = [];
  await using app = await project(runs, { often: { of: "tidy", every: "1s" } });
  await syncAll(app);
  await pauseSchedule(app.broker, "often", ada);
  await app.start();
  await app.event("ticksMissed");

  const resumed = await resumeSchedule(app.broker, "often", { by: "bob", reason: null, catchUp: "skip" });
  const { id } = await app.event("completed");
  expect(await resumeSchedule(app.broker, "often", { by: "bob", reason: null, catchUp: "all" })).toMatchObject({
    changed: false,
    caughtUp: [],
  });

  expect(resumed).toMatchObject({ changed: true, caughtUp: [], missed: expect.any(Number) });
  expect(id).toMatch(/^repeat:often:/);
  expect((await historyOf(app, "often")).map(({ kind }) => kind)).toContain("resumed");
});

for (const [catchUp, wanted] of [
  ["once", 1],
  ["all", 5],
  ["skip", 0],
] as const) {
  test(`resumed with catch-up ${catchUp} after a pause of five ticks that no worker saw: ${wanted} runs, and nothing twice`, async () => {
    const runs: string[] = [];
    await using app = await project(runs, { hourly: { of: "tidy", cron: "0 * * * *" } });
    await syncAll(app);
    await pauseSchedule(app.broker, "hourly", ada);
    const tick = await putBackBy(app, "hourly", 5 * hourMs);
    await app.redis.hset(`${app.prefix}:taskq:schedule:work:hourly`, "paused.at", tick - 1);

    const { caughtUp, missed } = await resumeSchedule(app.broker, "hourly", { by: "bob", reason: null, catchUp });
    await app.start();
    const record = await recordOf(app, "hourly", (record) => record.runs + record.missed === 5);

    expect(caughtUp).toHaveLength(wanted);
    expect(missed).toBe(5 - wanted);
    expect(record).toMatchObject({ runs: wanted, missed: 5 - wanted });
    const ticks = [0, 1, 2, 3, 4].map((hours) => new Date(tick + hours * hourMs).toISOString());
    expect(runs).toEqual(catchUp === "once" ? ticks.slice(-1) : ticks.slice(0, wanted));
    // Its own job, put back by five hours, ends without a run.
    await ownJobEnds(app, tick);
    expect((await storedOf(app, "hourly")).nextMs).toBe(tick + 5 * hourMs);
    expect(await recordOf(app, "hourly", () => true)).toMatchObject({ runs: wanted, missed: 5 - wanted });
  });
}

test("ticks that workers recorded as missed during the pause are caught up too, and counted as missed no more", async () => {
  const runs: string[] = [];
  await using app = await project(runs, { often: { of: "tidy", every: "1s" } });
  await syncAll(app);
  await pauseSchedule(app.broker, "often", ada);
  const { nextMs } = await storedOf(app, "often");
  await app.redis.hset(`${app.prefix}:taskq:schedule:work:often`, "paused.at", nextMs! - 1);
  await app.start();
  await app.event("ticksMissed", 2);

  const { caughtUp } = await resumeSchedule(app.broker, "often", { by: "bob", reason: null, catchUp: "all" });
  const record = await recordOf(app, "often", (record) => record.runs > caughtUp.length);

  expect(caughtUp.length).toBeGreaterThanOrEqual(2);
  expect(record.missed).toBe(0);
  expect(new Set(runs).size).toBe(runs.length);
  expect(runs.slice(0, caughtUp.length)).toEqual(caughtUp.map(({ tick }) => tick));
});

test("a tick of the pause whose job a worker has taken and not met yet is counted once, caught up or not", async () => {
  await using app = await project([], { hourly: { of: "tidy", cron: "0 * * * *" } });
  await syncAll(app);
  const tick = await putBackBy(app, "hourly", 2 * hourMs);
  await pauseSchedule(app.broker, "hourly", ada);
  const record = `${app.prefix}:taskq:schedule:work:hourly`;
  // Another worker has met a later tick, and told of those before it that have no job.
  const toldMs = tick + 2 * hourMs;
  await app.redis.hset(record, { "paused.at": tick - 1, upTo: toldMs, missed: 1 });

  const resumed = await resumeSchedule(app.broker, "hourly", { ...ada, catchUp: "once" });

  expect(resumed.caughtUp.map(({ tick }) => Date.parse(tick))).toEqual([tick + hourMs]);
  expect(resumed.missed).toBe(1);
  expect(await recordOf(app, "hourly", () => true)).toMatchObject({ missed: 1, upToMs: toldMs });
});

test("a run that is asked for is beside the ticks, paused or not; the history says who asked", async () => {
  const runs: string[] = [];
  await using app = await project(runs, { hourly: { of: "tidy", cron: "0 * * * *", args: { deep: 1 } } });
  await syncAll(app);
  const { nextMs } = await storedOf(app, "hourly");
  await pauseSchedule(app.broker, "hourly", ada);

  const { id, job } = await runSchedule(app.broker, "hourly", { by: "bob", reason: "try it" });
  await app.start();
  await app.event("completed");
  const record = await recordOf(app, "hourly", ({ runs }) => runs === 1);

  expect(job).toBe("work.tidy");
  expect(runs).toEqual(["none"]);
  expect(record.last).toMatchObject({ id, tickMs: undefined, outcome: "completed", resultJson: '{"deep":1}' });
  expect((await storedOf(app, "hourly")).nextMs).toBe(nextMs);
  expect(await historyOf(app, "hourly")).toMatchObject([
    { kind: "completed", id, tick: null },
    { kind: "manual", id, reason: "bob: try it" },
    { kind: "paused" },
  ]);
});

test("a run that is asked for waits for the one that runs, and a tick passes over it", async () => {
  const release = gate();
  await using app = await setup({
    url,
    jobs: { slow: () => release.opened },
    schedules: { often: { of: "slow", every: "1s" } },
  });
  await app.start();
  await app.event("active");
  const { id } = await runSchedule(app.broker, "often", { by: "bob", reason: null });
  await app.event("tickSkipped");

  expect(app.seen.filter(({ type }) => type === "active")).toHaveLength(1);
  release.open();
  await app.event("active", 2);
  const ran = async () => app.seen.some((event) => event.type === "completed" && event.id === id);
  while (!(await ran())) await app.next("completed");
});

test("the list needs neither config nor job files, hides what is to be hidden, and warns where no worker lives", async () => {
  await using app = await setup({
    url,
    jobs: { tidy: async () => ({ password: "secret", done: true }) },
    schedules: { often: { of: "tidy", every: "1h", catchUp: "all" }, nightly: { of: "tidy", cron: "0 3 * * *" } },
  });
  await syncAll(app);
  const before = await listSchedules(app.broker, {});
  expect(before.map(({ warning }) => warning)).toEqual(Array(2).fill("no live worker takes from the queue work"));

  const service = await app.start();
  await recordOf(app, "often", ({ runs }) => runs === 1);
  const rows = await listSchedules(app.broker, { redact: ["password"] });

  expect(rows.find(({ name }) => name === "often")).toMatchObject({
    job: "work.tidy",
    queue: "work",
    cron: null,
    everyMs: hourMs,
    next: expect.any(String),
    reason: null,
    warning: null,
    last: {
      outcome: "completed",
      result: { password: "[redacted]", done: true },
      error: null,
      durationMs: expect.any(Number),
    },
    missed: 0,
    skipped: 0,
    overlap: "skip",
    catchUp: "all",
    state: "ok",
    app: "test",
    paused: null,
  });
  service.close("the test is over");
});

test("a schedule that is not there is an error with a hint", async () => {
  await using app = await project([], { hourly: { of: "tidy", cron: "0 * * * *" } });
  await syncAll(app);

  await expect(runSchedule(app.broker, "hourli", ada)).rejects.toMatchObject({
    code: "SCHEDULE_NOT_FOUND",
    message: 'no schedule of the broker is named "hourli"',
    hint: "Did you mean hourly?",
  });
});

test("where the broker has no schedule a pattern and a name get the same hint", async () => {
  await using app = await project([], {});
  const hint = "Known schedules: none; `taskq schedule sync` writes those that are declared.";

  await expect(pauseSchedules(app.broker, ["x*"], ada)).rejects.toMatchObject({ code: "SCHEDULE_NOT_FOUND", hint });
  await expect(runSchedule(app.broker, "x", ada)).rejects.toMatchObject({ code: "SCHEDULE_NOT_FOUND", hint });
});

/** The job of the tick itself has ended, with a run or without. */
async function ownJobEnds({ redis, prefix }: App, tick: number): Promise<void> {
  const isDone = () => redis.zscore(`${prefix}:work:completed`, `repeat:hourly:${tick}`);
  await expect.poll(isDone).not.toBeNull();
}

const project = (runs: string[], schedules: SetupOptions["schedules"] & object) =>
  setup({
    url,
    jobs: {
      tidy: async (args: object, { scheduledFor }) => {
        runs.push(scheduledFor?.toISOString() ?? "none");
        return args;
      },
    },
    schedules,
  });

test("while it is paused nothing is caught up, not even where all is", async () => {
  const runs: string[] = [];
  await using app = await project(runs, { hourly: { of: "tidy", cron: "0 * * * *", catchUp: "all" } });
  await syncAll(app);
  await pauseSchedule(app.broker, "hourly", ada);
  await putBackBy(app, "hourly", 5 * hourMs);
  await app.start();

  const record = await recordOf(app, "hourly", ({ missed }) => missed === 5);

  expect(record.runs).toBe(0);
  expect(await historyOf(app, "hourly")).toMatchObject([
    { kind: "missed", reason: "paused", count: 5 },
    { kind: "paused" },
  ]);
  expect(await app.redis.keys(`${app.prefix}:work:t-tick-*`)).toEqual([]);
});

test("runs that were to catch up wait for no pause to end: they are missed, and caught up by who ends it", async () => {
  const runs: string[] = [];
  const release = gate();
  await using app = await setup({
    url,
    jobs: {
      slow: async (_args: object, { scheduledFor }) => {
        runs.push(scheduledFor!.toISOString());
        await release.opened;
      },
    },
    schedules: { hourly: { of: "slow", cron: "0 * * * *", catchUp: "all" } },
  });
  await syncAll(app);
  const tick = await putBackBy(app, "hourly", 3 * hourMs);
  await app.start();
  await app.event("active");
  await app.event("ticksCaughtUp");
  await pauseSchedule(app.broker, "hourly", ada);
  release.open();
  expect(await recordOf(app, "hourly", ({ missed }) => missed === 2)).toMatchObject({ runs: 1 });
  expect(runs).toHaveLength(1);

  const { caughtUp, missed } = await resumeSchedule(app.broker, "hourly", { ...ada, catchUp: "all" });
  await recordOf(app, "hourly", ({ runs }) => runs === 3);

  const ticks = [0, 1, 2].map((hours) => new Date(tick + hours * hourMs).toISOString());
  expect(caughtUp.map(({ tick }) => tick)).toEqual(ticks.slice(1));
  expect([missed, (await recordOf(app, "hourly", () => true)).missed]).toEqual([0, 0]);
  expect(runs).toEqual(ticks);
});

test("ticks before the pause that no worker was there for are missed too, and the first of them still runs", async () => {
  const runs: string[] = [];
  await using app = await project(runs, { hourly: { of: "tidy", cron: "0 * * * *" } });
  await syncAll(app);
  const tick = await putBackBy(app, "hourly", 5 * hourMs);
  await pauseSchedule(app.broker, "hourly", ada);
  await app.redis.hset(`${app.prefix}:taskq:schedule:work:hourly`, "paused.at", tick + 2.5 * hourMs);

  expect(await resumeSchedule(app.broker, "hourly", { ...ada, catchUp: "skip" })).toMatchObject({ missed: 2 });
  await app.start();
  const record = await recordOf(app, "hourly", ({ runs }) => runs === 1);

  expect(record).toMatchObject({ runs: 1, missed: 4 });
  expect(runs).toEqual([new Date(tick).toISOString()]);
  expect(await historyOf(app, "hourly")).toMatchObject([
    { kind: "completed" },
    { kind: "caught-up", tick: new Date(tick).toISOString() },
    { kind: "missed", reason: "paused", count: 2 },
    { kind: "missed", reason: "no worker was free", count: 2 },
    { kind: "resumed" },
    { kind: "paused" },
  ]);
});

test("of a pause of thousands of ticks the record counts as many as the answer", async () => {
  await using app = await project([], { often: { of: "tidy", cron: "* * * * *" } });
  await syncAll(app);
  await pauseSchedule(app.broker, "often", ada);
  const tick = await putBackBy(app, "often", 3_000 * 60_000);
  await app.redis.hset(`${app.prefix}:taskq:schedule:work:often`, "paused.at", tick - 1);

  const { missed } = await resumeSchedule(app.broker, "often", { ...ada, catchUp: "skip" });

  expect(missed).toBeGreaterThanOrEqual(3_000);
  expect(await recordOf(app, "often", () => true)).toMatchObject({ missed });
  expect(await historyOf(app, "often", 1)).toMatchObject([{ count: missed, tick: new Date(tick).toISOString() }]);
});

for (const hours of [1, 2]) {
  test(`of a pause of ${hours} ticks whose last is caught up nothing is said when the first one's own job comes`, async () => {
    const runs: string[] = [];
    await using app = await project(runs, { hourly: { of: "tidy", cron: "0 * * * *" } });
    await syncAll(app);
    await pauseSchedule(app.broker, "hourly", ada);
    const tick = await putBackBy(app, "hourly", hours * hourMs);
    await app.redis.hset(`${app.prefix}:taskq:schedule:work:hourly`, "paused.at", tick - 1);
    await resumeSchedule(app.broker, "hourly", { ...ada, catchUp: "once" });

    await app.start();
    await app.event("completed");
    await ownJobEnds(app, tick);

    expect(runs).toEqual([new Date(tick + (hours - 1) * hourMs).toISOString()]);
    expect(app.seen.filter(({ type }) => type === "ticksMissed" || type === "warning")).toEqual([]);
  });
}

test("a reason is as long as it may be for a pause", async () => {
  await using app = await project([], { hourly: { of: "tidy", cron: "0 * * * *" } });
  await syncAll(app);
  await pauseSchedule(app.broker, "hourly", ada);

  await expect(resumeSchedule(app.broker, "hourly", { by: "ada", reason: "x".repeat(501) })).rejects.toMatchObject({
    code: "USAGE",
  });
});

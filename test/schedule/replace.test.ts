import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { redisOf } from "../../src/broker/broker.ts";
import { removeSchedule } from "../../src/broker/schedules/schedulers.ts";
import { readStoredSchedules } from "../../src/broker/schedules/stored-schedules.ts";
import { wakeRun } from "../../src/broker/schedules/wake-run.ts";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { testRedis } from "../helpers/redis.ts";
import { putBackBy, recordOf, storedOf, syncAll } from "../helpers/schedules.ts";
import { type App, type SetupOptions, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const hourMs = 3_600_000;

test("a change while a worker has the next tick begins that once, and goes on with the one after it", async () => {
  const runs: unknown[] = [];
  await using app = await project({ it: { of: "tidy", cron: "0 * * * *", args: { of: "old" } } }, runs);
  await syncAll(app);
  const { nextMs } = await storedOf(app, "it");
  await app.start();
  // As where the worker's clock is faster than ours, or time went by between our look at the clock and what we wrote.
  await take(app, nextMs!);
  expect((await storedOf(app, "it")).nextMs).toBe(nextMs! + hourMs);

  await using changed = await project({ it: { of: "tidy", cron: "0 * * * *", args: { of: "new" } } }, runs, app.prefix);
  await syncAll(changed);

  expect(await storedOf(app, "it")).toMatchObject({ nextMs: nextMs! + hourMs, args: { of: "new" } });
  await take(app, nextMs! + hourMs);
  expect(runs).toEqual([{ of: "old" }, { of: "new" }]);
  expect(await recordOf(app, "it", ({ runs }) => runs === 2)).toMatchObject({ missed: 0, skipped: 0 });
});

test("whatever the time at which a schedule changes, no tick gets lost between its plans, and none has two runs", async () => {
  const declared = (of: number) => ({
    it: { of: "tidy", cron: "* * * * * *", args: { of }, catchUp: "all", overlap: "queue" } as const,
  });
  await using even = await project(declared(0));
  await using odd = await project(declared(1), [], even.prefix);
  await syncAll(even);
  const { nextMs } = await storedOf(even, "it");
  for (let turn = 1; Date.now() < nextMs! + 5_500; turn++) await syncAll(turn % 2 === 0 ? even : odd, `r${turn}`);

  const ticks = await enqueuedTicks(even);
  expect(ticks).toEqual(Array.from({ length: ticks.length }, (_none, at) => nextMs! + at * 1_000));
  expect(ticks.length).toBeGreaterThanOrEqual(5);
  expect((await storedOf(even, "it")).nextMs).toBe(ticks.at(-1)! + 1_000);
});

test("where a worker died while it replaced a schedule, the next one runs what was due since", async () => {
  await using app = await project({ it: { of: "tidy", cron: "0 * * * *", catchUp: "all" } });
  await syncAll(app);
  const tick = await putBackBy(app, "it", 3 * hourMs);
  await removeSchedule(app.broker, "work", "it");

  await syncAll(app, "r2");

  expect(await enqueuedTicks(app)).toEqual([tick, tick + hourMs, tick + 2 * hourMs]);
  expect((await storedOf(app, "it")).nextMs).toBe(tick + 3 * hourMs);
});

test("one that was removed on purpose owes nothing when it is back", async () => {
  await using app = await project({ it: hourly });
  await syncAll(app);
  await putBackBy(app, "it", 3 * hourMs);
  await using bare = await project({}, [], app.prefix);
  await syncAll(bare, "r2");

  await syncAll(app, "r3");

  expect(await enqueuedTicks(app)).toEqual([]);
  expect(await recordOf(app, "it", () => true)).toMatchObject({ missed: 0 });
});

test("one that was removed on purpose owes nothing when it is back, wherever the process that removed it died", async () => {
  await atEachStep(async (step) => {
    await using app = await project({ it: hourly });
    await syncAll(app);
    await putBackBy(app, "it", 3 * hourMs);
    await using bare = await project({}, [], app.prefix);
    const isDone = await dieAt(bare, step, () => syncAll(bare, "r2"));

    await syncAll(app, "r3");

    expect([step, await enqueuedTicks(app)]).toEqual([step, []]);
    expect([step, await recordOf(app, "it", () => true)]).toMatchObject([step, { missed: 0 }]);
    return isDone;
  });
});

for (const [what, queue] of [
  ["replaces a schedule", "work"],
  ["moves a schedule", "mail"],
] as const) {
  test(`wherever the process dies that ${what}, each tick that was due has one run when it is written again`, async () => {
    await atEachStep(async (step) => {
      await using app = await project({ it: hourly });
      await syncAll(app);
      const tick = await putBackBy(app, "it", 3 * hourMs);
      await wakeRun(app.broker, { queue: "work", id: `repeat:it:${tick}` });
      const changed = () =>
        setup({
          ...{ url, prefix: app.prefix, jobs: { tidy: defineJob({ queue, handler: async () => {} }) as AnyJob } },
          schedules: { it: { ...hourly, args: { of: "new" } } },
        });
      await using dying = await changed();
      const isDone = await dieAt(dying, step, () => syncAll(dying, "r2"));
      await using next = await changed();

      await syncAll(next, "r2");

      const ticks = [tick, tick + hourMs, tick + 2 * hourMs];
      expect([step, await enqueuedTicks(app), await enqueuedTicks(app, "mail")]).toEqual([
        step,
        queue === "work" ? ticks : [],
        queue === "mail" ? ticks : [],
      ]);
      const stored = await readStoredSchedules(app.broker, ["work", "mail"]);
      expect([step, stored]).toMatchObject([step, [{ queue, nextMs: tick + 3 * hourMs }]]);
      return isDone;
    });
  });
}

test("no tick is missed that never was, at whatever step of a change workers begin what is due", async () => {
  await atEachStep(async (step) => {
    await using app = await project({ it: { of: "tidy", every: "10m" } });
    await app.start();
    await app.event("completed");
    await using changed = await project({ it: { of: "tidy", every: "1h" } }, [], app.prefix);

    const isDone = await meetAt(changed, step, () => syncAll(changed, "r2"));
    await isIdle(changed);

    expect([step, await recordOf(app, "it", ({ runs }) => runs === 2)]).toMatchObject([step, { missed: 0 }]);
    return isDone;
  });
});

const hourly = { of: "tidy", cron: "0 * * * *", catchUp: "all" } as const;

const project = (schedules: SetupOptions["schedules"] & object, runs: unknown[] = [], prefix?: string) =>
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

/** Lets the app's worker run a tick that has not come yet. */
async function take(app: App, tick: number): Promise<void> {
  const ends = () => app.seen.filter(({ type }) => type === "completed").length;
  const before = ends();
  await wakeRun(app.broker, { queue: "work", id: `repeat:it:${tick}` });
  while (ends() === before) await wait(20);
}

/** Until a step is so late that all is done before it. */
async function atEachStep(work: (step: number) => Promise<boolean>): Promise<void> {
  let step = 1;
  while (!(await work(step))) step++;
  expect(step).toBeGreaterThan(5);
}

/** Does something, after the `step`-th command of which workers do all that is due; says whether it was done by then. */
async function meetAt(app: App, step: number, work: () => Promise<unknown>): Promise<boolean> {
  const connection = app.broker[redisOf];
  const send = connection.sendCommand;
  let steps = 0;
  connection.sendCommand = async (command, stream) => {
    const reply = await send.call(connection, command, stream);
    if (++steps === step) await isIdle(app);
    return reply;
  };
  await work();
  connection.sendCommand = send;
  return steps < step;
}

/** Resolves when nothing is due. */
async function isIdle({ redis, prefix }: App): Promise<void> {
  const due = async () => {
    const [wait, active] = await Promise.all(["wait", "active"].map((state) => redis.llen(`${prefix}:work:${state}`)));
    return wait! + active! + (await redis.zcount(`${prefix}:work:delayed`, 0, Date.now() * 4_096));
  };
  await expect.poll(due).toBe(0);
}

/** Does something with a broker of which no command after the `step`-th is answered, and says whether it was done by then. */
async function dieAt({ broker, redis, prefix }: App, step: number, work: () => Promise<unknown>): Promise<boolean> {
  const connection = broker[redisOf];
  const send = connection.sendCommand;
  let steps = 0;
  connection.sendCommand = (command, stream) => {
    if (++steps <= step) return send.call(connection, command, stream);
    command.reject(new Error("Connection is closed."));
    return command.promise;
  };
  const isDone = await work().then(
    () => true,
    () => false,
  );
  connection.sendCommand = send;
  await redis.del(`${prefix}:taskq:sync:test`);
  return isDone;
}

/** Those of runs that wait, in order. */
async function enqueuedTicks({ redis, prefix }: App, queue = "work"): Promise<number[]> {
  const ids = await redis.lrange(`${prefix}:${queue}:wait`, 0, -1);
  return ids.map((id) => Number(/\d+$/.exec(id)![0])).sort((a, b) => a - b);
}

import { Queue } from "bullmq";
import { expect, test } from "vitest";
import { writeAccount } from "../../../src/broker/store/account.ts";
import { beginRun, type RunToBegin } from "../../../src/broker/store/begin-run.ts";
import { endRun } from "../../../src/broker/store/end-run.ts";
import { keepRecord } from "../../../src/broker/store/keep-record.ts";
import { readOpenTicks } from "../../../src/broker/store/open-ticks.ts";
import { pauseStored, readPaused, resumeStored } from "../../../src/broker/store/pause-schedule.ts";
import { scheduleKeys } from "../../../src/broker/store/schedule-lua.ts";
import { readScheduleRecords } from "../../../src/broker/store/schedule-record.ts";
import { startPlan } from "../../../src/broker/store/start-plan.ts";
import { adminUrlOf, testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();
const place = { queue: "work", name: "often" };

test("a tick that was skipped stays so, though its worker died before it ended the job and the run before is done by now", async () => {
  await using field = await createField();
  const { begin, finish, record } = field;

  expect(await begin("a", 1_000)).toMatchObject({ verdict: "run" });
  expect(await begin("b", 2_000)).toMatchObject({ verdict: "skipped", by: "a" });
  await finish("a");
  expect(await begin("b", 2_000)).toMatchObject({ verdict: "skipped" });
  expect(await begin("c", 3_000)).toMatchObject({ verdict: "run" });

  expect(await record()).toMatchObject({ skipped: 1 });
});

test("a tick that was skipped is not missed too, where the account of another tick overtook its own", async () => {
  await using field = await createField();
  const { begin, finish, open } = field;

  await begin("a", 1_000);
  expect(await begin("b", 2_000)).toMatchObject({ verdict: "skipped" });
  await finish("b");
  expect(await open([1_000, 2_000, 3_000])).toEqual([3_000]);
  // Nor does the skip stand in the way where a pause is caught up.
  expect(await open([1_000, 2_000, 3_000], { withPassed: true })).toEqual([2_000, 3_000]);
  await finish("a");
  expect(await begin("c", 2_000, "catch-up")).toMatchObject({ verdict: "run" });
});

test("a run begins again after a crash, and no other run for its tick does, not even when it has ended", async () => {
  await using field = await createField();
  const { begin, finish } = field;

  expect(await begin("a", 1_000)).toMatchObject({ verdict: "run" });
  expect(await begin("a", 1_000)).toMatchObject({ verdict: "run" });
  expect(await begin("b", 1_000, "catch-up")).toMatchObject({ verdict: "duplicate", by: "a" });
  await finish("a");
  expect(await begin("b", 1_000, "catch-up")).toMatchObject({ verdict: "duplicate", by: "a" });
});

test("those that wait begin in the order of their ticks", async () => {
  await using field = await createField();
  const { begin, finish } = field;

  await begin("a", 1_000);
  expect(await begin("c", 3_000, "catch-up")).toMatchObject({ verdict: "wait", by: "a" });
  expect(await begin("b", 2_000, "catch-up")).toMatchObject({ verdict: "wait", by: "a" });
  await finish("a");
  expect(await begin("c", 3_000, "catch-up")).toMatchObject({ verdict: "wait", by: "b" });
  expect(await begin("b", 2_000, "catch-up")).toMatchObject({ verdict: "run" });
  await finish("b");
  expect(await begin("c", 3_000, "catch-up")).toMatchObject({ verdict: "run" });
});

test("one that somebody asked for keeps its place in the line, however often it is looked at", async () => {
  await using field = await createField();
  const { begin, finish, tickOn } = field;

  await begin("a", 1_000);
  expect(await begin("m", undefined, "manual")).toMatchObject({ verdict: "wait" });
  expect(await begin("n", undefined, "manual")).toMatchObject({ verdict: "wait" });
  await tickOn();
  expect(await begin("m", undefined, "manual")).toMatchObject({ verdict: "wait" });
  await finish("a");
  expect(await begin("n", undefined, "manual")).toMatchObject({ verdict: "wait", by: "m" });
  expect(await begin("m", undefined, "manual")).toMatchObject({ verdict: "run" });
});

test("a run of ours that a pause holds up is missed, once, and named to whoever ends that pause, and to no other", async () => {
  await using field = await createField();
  const { begin, finish, record, pause, resume } = field;

  await begin("a", 1_000);
  await pause();
  expect(await begin("c", 2_000, "catch-up")).toMatchObject({ verdict: "paused" });
  expect(await begin("c", 2_000, "catch-up")).toMatchObject({ verdict: "paused" });
  // What runs goes on, also where it begins again.
  expect(await begin("a", 1_000)).toMatchObject({ verdict: "run" });
  expect(await record()).toMatchObject({ missed: 1 });

  expect(await resume()).toEqual([2_000]);
  await finish("a");
  await pause();
  expect(await resume()).toEqual([]);
  expect(await begin("d", 2_000, "catch-up")).toMatchObject({ verdict: "run" });
});

test("a tick of a pause is none of any later one either: it has no run when its job comes after several", async () => {
  await using field = await createField();
  const { begin, tickOn, pause, resume } = field;
  await pause();
  const tick = Date.now();
  await tickOn();
  await resume();
  const between = Date.now();
  await tickOn();
  await pause();
  await resume();

  expect(await begin("a", tick)).toMatchObject({ verdict: "rested" });
  expect(await begin("b", between)).toMatchObject({ verdict: "run" });
});

test("a holder whose job is gone holds nothing", async () => {
  await using field = await createField();
  const { begin, remove } = field;

  await begin("a", 1_000);
  await remove("a");
  expect(await begin("b", 2_000)).toMatchObject({ verdict: "run" });
});

test("a run whose job was removed when a worker had it is not begun, and holds up no other", async () => {
  await using field = await createField();
  const { begin, beginGone, finish, keys } = field;

  expect(await beginGone("a", 1_000)).toEqual({ verdict: "gone", by: "", open: undefined, dueMs: undefined });

  expect(await keys()).toEqual([]);
  expect(await begin("b", 2_000)).toMatchObject({ verdict: "run" });
  await finish("b");
});

test("the end of a run whose queue was obliterated meanwhile leaves nothing behind", async () => {
  await using field = await createField();
  const { begin, end, keys, remove, forget } = field;
  await begin("a", 1_000);
  await remove("a");
  await forget();

  expect(await end("a", 1_000)).toBeUndefined();

  expect(await keys()).toEqual([]);
});

test("what a run leaves after its schedule has gone goes with the record of that", async () => {
  await using field = await createField();
  const { begin, end, lives, goAway } = field;
  await begin("a", 1_000);
  await goAway();

  await end("a", 1_000);

  expect(await lives()).toEqual([true, true, true]);
});

test("a record that was to go stays where the schedule did", async () => {
  await using field = await createField();
  const { begin, lives, goAway, runsNext } = field;
  await begin("a", 1_000);
  await goAway();
  expect(await lives()).toEqual([true, false, true]);
  await runsNext(3_000);

  await begin("b", 2_000);

  expect(await lives()).toEqual([false, false, false]);
});

test("a run of a plan that has been replaced opens no account over ticks that never were", async () => {
  await using field = await createField();
  const { begin, record, runsNext } = field;
  await startPlan(field.broker, place, { fromMs: 2_000, firstMs: undefined });
  await runsNext(90_000);

  expect(await begin("a", 1_000)).toMatchObject({ verdict: "run", open: undefined });

  expect(await record()).toMatchObject({ upToMs: undefined });
});

test("whoever begins the first run of a new plan moves the accounts on, and its writer does not put them back", async () => {
  await using field = await createField();
  const { begin, record, runsNext, account } = field;
  await account(1_000, 9_000);
  await startPlan(field.broker, place, { fromMs: 3_000, firstMs: undefined });
  await runsNext(63_000);

  expect(await begin("a", 3_000, "tick", 63_000)).toMatchObject({ verdict: "run", open: undefined });
  await keepRecord(field.broker, place, 3_000);

  expect(await record()).toMatchObject({ upToMs: 63_000, missed: 0 });
});

test("an account of ticks of the plan before, which is late, is not written: its ticks were paid off", async () => {
  await using field = await createField();
  const { record, account } = field;
  await startPlan(field.broker, place, { fromMs: 3_000, firstMs: undefined });

  expect(await account(1_000, 9_000, 8)).toBe(9_000);

  expect(await record()).toMatchObject({ upToMs: undefined, missed: 0 });
});

/** A schedule without workers: its jobs are there, and begin when the test says so. */
async function createField() {
  const app = await setup({ url, jobs: {} });
  const queue = new Queue("work", { connection: { url: adminUrlOf(url) }, prefix: app.prefix });
  const key = (id: string) => `${app.prefix}:work:${id}`;
  const ours = scheduleKeys(app.prefix, place);
  const rules = {
    overlap: "skip",
    unique: undefined,
    mostLateMs: undefined,
    nextMs: undefined,
    lastMs: undefined,
  } as const;

  return {
    broker: app.broker,
    async begin(id: string, tickMs: number | undefined, kind: RunToBegin["kind"] = "tick", nextMs?: number) {
      if ((await app.redis.exists(key(id))) === 0) await queue.add("any", {}, { jobId: id });
      return beginRun(app.broker, { ...place, id, tickMs, kind, ...rules, nextMs });
    },
    /** As BullMQ makes its next job. */
    runsNext: (ms: number) => app.redis.zadd(key("repeat"), ms, place.name),
    account: (fromMs: number, toMs: number, count = 0) =>
      writeAccount(app.broker, {
        ...{ ...place, fromMs, toMs, reason: "no worker was free", caughtUp: undefined },
        missed: count > 0 ? { count, firstMs: fromMs, lastMs: toMs } : undefined,
      }),
    /** The same of a job that is not there. */
    beginGone: (id: string, tickMs: number) => beginRun(app.broker, { ...place, id, tickMs, kind: "tick", ...rules }),
    end: (id: string, tickMs: number) =>
      endRun(app.broker, { ...place, id, tickMs, startedAtMs: 1, durationMs: 1, result: null, error: undefined }),
    /** What there is of it, and of jobs with names of one letter. */
    keys: async () => [
      ...(await app.redis.keys(`${app.prefix}:taskq:*:work:often`)),
      ...(await app.redis.keys(key("?"))),
    ],
    /** As when its queue is obliterated. */
    forget: () => app.redis.del(...ours),
    /** As when nobody declares it any more; it had no history yet. */
    async goAway() {
      await app.redis.del(ours[1]);
      await keepRecord(app.broker, place, undefined);
    },
    /** Whether they have a time to live: record, history and ticks. */
    lives: () => Promise.all(ours.slice(0, 3).map(async (each) => (await app.redis.pttl(each)) > 0)),
    open: (ticks: readonly number[], options = {}) => readOpenTicks(app.broker, place, ticks, options),
    finish: (id: string) => app.redis.hset(key(id), "finishedOn", 1),
    remove: (id: string) => app.redis.del(key(id)),
    /** Resolves when the clock shows another millisecond. */
    tickOn: () => new Promise((resolve) => setTimeout(resolve, 2)),
    pause: () => pauseStored(app.broker, place, { by: "ada", reason: null }),
    /** Returns what was held up. */
    async resume() {
      const state = (await readPaused(app.broker, place))!;
      const account = { toMs: state.atMs, missed: 0, told: [] };
      expect(await resumeStored(app.broker, place, { by: "ada", reason: null }, state, account)).toBe(true);
      return state.heldMs;
    },
    record: async () => (await readScheduleRecords(app.broker, [place]))[0],
    async [Symbol.asyncDispose]() {
      await queue.close();
      await app[Symbol.asyncDispose]();
    },
  };
}

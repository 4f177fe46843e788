import { UnrecoverableError, Worker } from "bullmq";
import { expect, test } from "vitest";
import { retryJob } from "../../src/broker/act/retry-job.ts";
import { createListener } from "../../src/broker/listen/listener.ts";
import { readCancelMarks } from "../../src/broker/store/cancels.ts";
import { type CancelOptions, cancelJob } from "../../src/client/cancel.ts";
import type { Config } from "../../src/definition/config.ts";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import type { OnEvent } from "../../src/runner/events.ts";
import { adminUrlOf, testRedis } from "../helpers/redis.ts";
import { type App, gate, setup } from "../helpers/setup.ts";

const { url, urlOf } = await testRedis({ refusals: true }); // one user is refused the messages

/** Ends as its signal says, with the signal's reason. */
const heed = (_args: object, { signal }: { signal: AbortSignal }) =>
  new Promise<void>((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

async function cancel(app: App, id: string, options?: CancelOptions) {
  const listener = createListener(app.broker);
  try {
    return await cancelJob({ broker: app.broker, listener, config: app.config, by: "ada" }, id, options);
  } finally {
    await listener.close();
  }
}

test("a running job hears of it within a second, fails as cancelled and is not tried again", async () => {
  let reason: { code?: string } = {};
  const work = defineJob({
    attempts: 5,
    async handler(_args, { signal }) {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      reason = signal.reason;
      throw new Error("whatever the handler says");
    },
  });
  await using app = await setup({ url, jobs: { work: work as AnyJob } });
  await app.start();
  await app.start(); // two have the queue: whichever took the job
  const { id } = await app.enqueue("work");
  await app.event("active");

  const startMs = performance.now();
  const receipt = await cancel(app, id, { reason: "wrong month" });

  expect(performance.now() - startMs).toBeLessThan(4_000); // on a busy machine; the next look by itself would come after ten seconds
  expect(receipt).toEqual({ id, queue: "work", outcome: "cancelled" });
  expect(reason.code).toBe("JOB_CANCELLED");
  expect(app.seen).toContainEqual({
    type: "cancelled",
    queue: "work",
    job: "work.work",
    id,
    by: "ada",
    reason: "wrong month",
  });
  expect(await app.event("failed")).toMatchObject({ final: true, attempt: 1, error: "cancelled by ada: wrong month" });
  expect(await app.show(id)).toMatchObject({
    state: "failed",
    error: { message: "cancelled by ada: wrong month" },
    cancelled: { by: "ada", reason: "wrong month", at: expect.stringMatching(/Z$/) },
  });
  await expect.poll(() => readCancelMarks(app.broker)).toEqual([]);
});

test("a running job that is named as the broker names it hears of it too", async () => {
  await using app = await setup({ url, jobs: { work: heed } });
  await app.start();
  const { id } = await app.enqueue("work");
  await app.event("active");

  expect(await cancel(app, `t-${id}`)).toMatchObject({ outcome: "cancelled" });
});

test("the attempt that runs hears of it, beside a handler that an earlier one abandoned", async () => {
  const deaf = defineJob({
    attempts: 2,
    timeout: "1s",
    handler: (_args: object, { attempt, signal }) =>
      new Promise((_resolve, reject) => {
        if (attempt === 2) signal.addEventListener("abort", () => reject(signal.reason));
      }),
  }) as AnyJob;
  await using app = await setup({ url, jobs: { deaf } });
  await app.start();
  const { id } = await app.enqueue("deaf");
  await app.event("abandoned");
  await app.event("active", 2);

  expect(await cancel(app, id)).toMatchObject({ outcome: "cancelled" });
  expect(await app.event("failed", 2)).toMatchObject({ final: true, error: expect.stringContaining("cancelled by") });
});

test("a handler that returns when its signal aborts was cancelled all the same", async () => {
  const polite = async (_args: object, { signal }: { signal: AbortSignal }) => {
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    return "half done";
  };
  await using app = await setup({ url, jobs: { polite } });
  await app.start();
  const { id } = await app.enqueue("polite");
  await app.event("active");

  expect(await cancel(app, id)).toMatchObject({ outcome: "cancelled" });
  expect(await app.show(id)).toMatchObject({ state: "failed", result: null, cancelled: { by: "ada", reason: null } });
});

test("a handler that ignores its signal is abandoned after the grace", async () => {
  const release = gate();
  await using app = await setup({ url, jobs: { deaf: () => release.opened } });
  await app.start();
  const { id } = await app.enqueue("deaf");
  await app.event("active");

  expect(await cancel(app, id)).toMatchObject({ outcome: "cancelled" });
  expect(await app.event("abandoned")).toMatchObject({ id, reason: "cancelled by ada" });
  expect(await app.show(id)).toMatchObject({ state: "failed", cancelled: { by: "ada" } });
  release.open();
});

test("a handler that takes its time to stop is said to be aborting", async () => {
  const release = gate();
  await using app = await setup({ url, jobs: { slow: () => release.opened }, config: { abortGrace: "1m" } });
  await app.start();
  const { id } = await app.enqueue("slow");
  await app.event("active");

  expect(await cancel(app, id)).toMatchObject({ outcome: "aborting" });
  expect(await app.show(id)).toMatchObject({ state: "active" });
  release.open();
  expect(await app.event("failed")).toMatchObject({ id, error: "cancelled by ada" });
});

const waiting: readonly (readonly [state: string, options: object])[] = [
  ["waiting", {}],
  ["delayed", { delay: "1h" }],
  ["prioritized", { priority: 3 }],
];
for (const [state, options] of waiting) {
  test(`a job that is ${state} fails as cancelled at once, and no worker runs it`, async () => {
    await using app = await setup({ url, jobs: { work: async () => "ran" } });
    const { id } = await app.enqueue("work", {}, options);
    expect(await app.show(id)).toMatchObject({ state });

    expect(await cancel(app, id, { reason: "not needed" })).toEqual({ id, queue: "work", outcome: "cancelled" });

    expect(await app.show(id)).toMatchObject({
      state: "failed",
      attempts: { made: 0 },
      error: { message: "cancelled by ada: not needed" },
      cancelled: { by: "ada", reason: "not needed" },
      startedAt: null,
    });
    expect(await app.redis.exists(`${app.prefix}:work:t-${id}:lock`)).toBe(0);
    await app.start();
    const { id: other } = await app.enqueue("work");
    expect(await app.event("completed")).toMatchObject({ id: other });
    expect(app.seen.filter(({ type }) => type === "active")).toHaveLength(1);
  });
}

test("cancelled jobs are kept no longer than failed ones are", async () => {
  const config: Config = { keepFailed: { count: 2 } };
  await using app = await setup({ url, jobs: { work: async () => {} }, config });
  const ids = [];
  for (let i = 0; i < 4; i++) ids.push((await app.enqueue("work")).id);

  for (const id of ids) await cancel(app, id);

  expect(await app.redis.zcard(`${app.prefix}:work:failed`)).toBe(2);
  await expect(app.show(ids[0]!)).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
  expect(await app.show(ids[3]!)).toMatchObject({ cancelled: { by: "ada" } });
});

test("what has ended is left as it is, and what is not there is JOB_NOT_FOUND", async () => {
  await using app = await setup({ url, jobs: { work: async () => 1 } });
  await app.start();
  const { id } = await app.enqueue("work");
  await app.event("completed");

  expect(await cancel(app, id)).toEqual({ id, queue: "work", outcome: "finished" });
  expect(await app.show(id)).toMatchObject({ state: "completed", cancelled: null });
  await expect(cancel(app, "nobody")).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
  await expect(cancel(app, id, { reason: "x".repeat(501) })).rejects.toMatchObject({ code: "USAGE" });
});

test("a schedule's next run is refused, for the schedule would end with it", async () => {
  const nightly = { of: "work", cron: "0 3 * * *" };
  await using app = await setup({ url, jobs: { work: async () => {} }, schedules: { nightly } });
  await app.start();
  const [id] = await app.redis.zrange(`${app.prefix}:work:delayed`, "0", "0");

  await expect(cancel(app, id!)).rejects.toMatchObject({ code: "USAGE", hint: expect.stringContaining("schedule") });
  expect(await app.redis.zcard(`${app.prefix}:work:delayed`)).toBe(1);
});

test("a mark that was made while no runner listened is heeded when the job starts", async () => {
  await using app = await setup({ url, jobs: { work: async () => "ran", other: heed } });
  const { id } = await app.enqueue("work");
  // As a worker has it that died: active, under a lock of somebody who is gone.
  await app.redis.lmove(`${app.prefix}:work:wait`, `${app.prefix}:work:active`, "RIGHT", "LEFT");
  expect(await cancel(app, id)).toMatchObject({ outcome: "requested" });
  await app.redis.lmove(`${app.prefix}:work:active`, `${app.prefix}:work:wait`, "RIGHT", "LEFT");

  await app.start();

  expect(await app.event("failed")).toMatchObject({ id, final: true, error: "cancelled by ada" });
  expect(await app.show(id)).toMatchObject({ cancelled: { by: "ada" } });
});

/** As a worker that is none of ours has it: active, and nobody hears of marks. */
async function active(app: App) {
  const worker = new Worker("work", undefined, { connection: { url: adminUrlOf(url) }, prefix: app.prefix });
  const { id } = await app.enqueue("work");
  const job = (await worker.getNextJob("token"))!;
  return { id, job, [Symbol.asyncDispose]: () => worker.close() };
}

const marked = (app: App) => expect.poll(() => readCancelMarks(app.broker)).toHaveLength(1);

test("no mark stands of a job that ended otherwise, or that went back to its line and was cancelled there", async () => {
  await using app = await setup({ url, jobs: { work: async () => "ran" } });
  await using ends = await active(app);
  const finished = cancel(app, ends.id);
  await marked(app);
  await ends.job.moveToCompleted("done", "token", false);
  expect(await finished).toMatchObject({ outcome: "finished" });
  expect(await readCancelMarks(app.broker)).toEqual([]);

  await using waits = await active(app);
  const cancelled = cancel(app, waits.id);
  await marked(app);
  await waits.job.moveToWait("token");
  expect(await cancelled).toMatchObject({ outcome: "cancelled" });
  expect(await readCancelMarks(app.broker)).toEqual([]);
});

test("a job that is retried is not cancelled by the mark of its earlier life", async () => {
  await using app = await setup({ url, jobs: { work: async () => "ran" } });
  await using other = await active(app);
  await using failing = await active(app);
  expect(await cancel(app, other.id, { reason: `"queue":"work","id":"${failing.id}"` })).toMatchObject({
    outcome: "requested",
  });
  expect(await cancel(app, failing.id)).toMatchObject({ outcome: "requested" });
  await failing.job.moveToFailed(new UnrecoverableError("no"), "token");

  expect(await retryJob(app.broker, "work", `t-${failing.id}`)).toEqual({ kind: "done" });

  expect((await readCancelMarks(app.broker)).map(({ id }) => id)).toEqual([other.id]);
});

test("a mark whose job has ended does not touch another job of the same id, whoever still remembers it", async () => {
  await using app = await setup({ url, jobs: { work: async () => "ran" }, config: { keepFailed: { count: 0 } } });
  const fakeActive = (from: string, to: string) =>
    app.redis.lmove(`${app.prefix}:work:${from}`, `${app.prefix}:work:${to}`, "RIGHT", "LEFT");
  await app.enqueue("work", {}, { id: "again" });
  await fakeActive("wait", "active");
  await cancel(app, "again");
  const ends: string[] = [];
  const start = async (name: string) => {
    const onEvent: OnEvent = ({ type }) =>
      void ((type === "failed" || type === "completed") && ends.push(`${name} ${type}`));
    return [name, await app.start({ onEvent })] as const;
  };
  const services = new Map([await start("a"), await start("b")]);
  await fakeActive("active", "wait");
  await app.enqueue("work"); // wakes a worker, which takes both
  await expect.poll(() => ends.length).toBe(2);
  const [ender] = ends.find((end) => end.endsWith("failed"))!.split(" ");
  services.get(ender!)!.close("so that the other one takes the next job");
  await services.get(ender!)!.ended;

  await app.enqueue("work", {}, { id: "again" });

  await expect.poll(() => ends.length).toBe(3);
  expect(ends[2]).toBe(`${ender === "a" ? "b" : "a"} completed`);
});

test("a cancel reaches a worker whose connection for messages was cut meanwhile", async () => {
  await using app = await setup({ url, jobs: { work: heed } });
  await app.start();
  const { id } = await app.enqueue("work");
  await app.event("active");
  await app.redis.call("CLIENT", "KILL", "TYPE", "pubsub");

  await cancel(app, id);

  expect(await app.event("failed")).toMatchObject({ id, error: "cancelled by ada" });
});

test("a worker that may not subscribe says so, and hears of a cancel later", async () => {
  await using admin = await setup({ url, jobs: { work: heed } });
  await admin.redis.call("ACL", "SETUSER", "limited", "on", ">secret", "~*", "+@all", "resetchannels");
  const limitedUrl = urlOf("limited:secret");
  await using app = await setup({ url: limitedUrl, prefix: admin.prefix, jobs: { work: heed } });
  await app.start();
  expect(await app.event("warning")).toMatchObject({ message: expect.stringContaining("NOPERM") });
  const { id } = await app.enqueue("work");
  await app.event("active");

  expect(await cancel(admin, id)).toMatchObject({ outcome: "requested" });

  expect(await app.event("failed")).toMatchObject({ id, error: "cancelled by ada" });
});

import { FlowProducer, Queue } from "bullmq";
import { expect, test } from "vitest";
import type { JobState } from "../../src/broker/look/job-state.ts";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { actOnJobs } from "../../src/inspect/act-on-jobs.ts";
import type { JobVerb } from "../../src/inspect/act-tally.ts";
import { findTargets, matchTargets } from "../../src/inspect/find-targets.ts";
import { listJobs } from "../../src/inspect/list-jobs.ts";
import type { JobFilter } from "../../src/inspect/scan-jobs.ts";
import { adminUrlOf, testRedis } from "../helpers/redis.ts";
import { type App, gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();

const everything: JobState[] = ["active", "waiting", "prioritized", "delayed", "failed", "completed"];
const filter = (part: Partial<JobFilter> = {}): JobFilter => ({ states: everything, queues: [], jobs: [], ...part });
const list = (app: App, part?: Partial<JobFilter>, page: { limit?: number; offset?: number } = {}) =>
  listJobs(app.broker, filter(part), { limit: 50, nowMs: Date.now(), redact: [], ...page });
const tools = (app: App) => ({ broker: app.broker, config: app.config, by: "ada" });
const act = async (app: App, verb: JobVerb, part: Partial<JobFilter>) =>
  actOnJobs(tools(app), verb, (await matchTargets(app.broker, filter(part), { nowMs: Date.now() })).targets);
const actOn = async (app: App, verb: JobVerb, ...ids: string[]) =>
  actOnJobs(tools(app), verb, (await findTargets(app.broker, ids, undefined)).targets);
const inOther = defineJob({ queue: "other", handler: async () => {} }) as AnyJob;
const bad = async () => Promise.reject(new Error("no ROUTE to mail"));

test("jobs of every state and queue are listed, the newest first, in pages, and all are counted", async () => {
  await using app = await setup({ url, jobs: { any: async () => {}, other: inOther } });
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) {
    ids.unshift((await app.enqueue(n % 2 ? "other" : "any", { n }, n === 4 ? { delay: "1h" } : {})).id);
    await app.redis.hset(`${app.prefix}:${n % 2 ? "other" : "work"}:t-${ids[0]}`, "timestamp", 1_000 + n);
  }

  const all = await list(app);
  expect(all.jobs.map(({ id }) => id)).toEqual(ids);
  expect(all).toMatchObject({ total: 5, offset: 0, unreadable: [] });
  expect(all.counts).toEqual([
    { job: "work.any", queue: "work", state: "waiting", count: 2 },
    { job: "work.other", queue: "other", state: "waiting", count: 2 },
    { job: "work.any", queue: "work", state: "delayed", count: 1 },
  ]);
  const second = await list(app, {}, { limit: 2, offset: 2 });
  expect(second.jobs.map(({ id }) => id)).toEqual(ids.slice(2, 4));
  expect(second.total).toBe(5);
});

test("jobs are found by queue, by name, by age and by their error", async () => {
  await using app = await setup({ url, jobs: { any: async () => {}, bad } });
  await app.start();
  await app.enqueue("any");
  const { id } = await app.enqueue("bad");
  await app.event("completed");
  await app.event("failed");

  const ids = async (part: Partial<JobFilter>) => (await list(app, part)).jobs.map((job) => job.job);
  expect(await ids({ jobs: ["*.b?d"] })).toEqual(["work.bad"]);
  expect(await ids({ queues: ["nothing*"] })).toEqual([]);
  expect(await ids({ error: "no route" })).toEqual(["work.bad"]);
  expect(await ids({ error: "elsewhere" })).toEqual([]);
  expect(await ids({ olderThanMs: 60_000 })).toEqual([]);
  expect(await ids({ newerThanMs: 60_000, states: ["completed"] })).toEqual(["work.any"]);
  await expect(list(app, { queues: ["wrk"] })).rejects.toMatchObject({ code: "QUEUE_NOT_FOUND" });
  const [failed] = (await list(app, { states: ["failed"] })).jobs;
  expect(failed).toMatchObject({ id, state: "failed", error: { message: "no ROUTE to mail" } });
  expect(failed!.error).not.toHaveProperty("stack");
});

test("a record that cannot be read is named, and the others are listed", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const [whole, broken, gone, odd] = await Promise.all([1, 2, 3, 4].map(async () => (await app.enqueue("any")).id));
  const key = (id: string) => `${app.prefix}:work:t-${id}`;
  await app.redis.hset(key(broken!), "data", "{not json");
  await app.redis.del(key(gone!), key(odd!));
  await app.redis.set(key(odd!), "a string");

  const { jobs, total, unreadable } = await list(app);

  expect(jobs.map(({ id }) => id)).toEqual([whole]);
  expect(total).toBe(2);
  expect(Object.fromEntries(unreadable.map(({ id, reason }) => [id, reason]))).toEqual({
    [broken!]: expect.stringContaining("its record is broken"),
    [gone!]: "its record is gone",
    [odd!]: "under its key stands no job",
  });
});

test("a record that cannot be read is removed by the id under which it is listed, and by no other verb", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const [gone, odd, vague] = await Promise.all([1, 2, 3].map(async () => (await app.enqueue("any")).id));
  const key = (id: string) => `${app.prefix}:work:t-${id}`;
  await app.redis.del(key(gone!), key(odd!));
  await app.redis.set(key(odd!), "another program's");
  await app.redis.hdel(key(vague!), "timestamp");
  expect((await list(app)).unreadable).toHaveLength(3);

  const ids = [gone!, odd!, vague!];
  expect(await findTargets(app.broker, ids, undefined, "retry")).toMatchObject({ error: { code: "JOB_NOT_FOUND" } });
  const { targets, error } = await findTargets(app.broker, [...ids, "wait"], undefined, "remove");
  expect(error).toMatchObject({ code: "JOB_NOT_FOUND", message: expect.stringContaining('"wait"') });
  expect(await actOnJobs(tools(app), "remove", targets)).toMatchObject({ matched: 3, done: 3 });

  expect((await list(app)).unreadable).toEqual([]);
  expect(await app.redis.get(key(odd!))).toBe("another program's");
  expect(await app.redis.exists(key(vague!))).toBe(0);
});

test("records that cannot be read are removed with all, unless only they could say whether they are meant", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const [gone, odd, whole] = await Promise.all([1, 2, 3].map(async () => (await app.enqueue("any")).id));
  const key = (id: string) => `${app.prefix}:work:t-${id}`;
  await app.redis.del(key(gone!), key(odd!));
  await app.redis.set(key(odd!), "another program's");
  const match = (part: Partial<JobFilter>, limit?: number) =>
    matchTargets(app.broker, filter(part), { nowMs: Date.now(), limit, withUnreadable: true });

  for (const [part, limit] of [[{ jobs: ["work.*"] }], [{ newerThanMs: 60_000 }], [{}, 5]] as const) {
    const { targets, unreadable } = await match(part, limit);
    expect([targets.map(({ id }) => id), unreadable.length]).toEqual([[whole], 2]);
  }
  const { targets, counts, unreadable } = await match({ states: ["waiting"] });
  expect(unreadable).toEqual([]);
  expect(counts).toMatchObject([{ job: "", count: 2 }, { job: "work.any" }]);
  expect(await actOnJobs(tools(app), "remove", targets)).toMatchObject({ matched: 3, done: 3 });

  expect(await list(app)).toMatchObject({ total: 0, unreadable: [] });
  expect(await app.redis.get(key(odd!))).toBe("another program's");
});

test("a job that is looked for in a wrong queue is named with its own, and a queue that is none with those that are", async () => {
  await using app = await setup({ url, jobs: { any: async () => {}, other: inOther } });
  const { id } = await app.enqueue("any");
  await app.enqueue("other");
  const hintOf = (queue: string, of = id) => findTargets(app.broker, [of], queue).then(({ error }) => error);

  expect(await hintOf("other")).toMatchObject({ hint: "Look in work: a job of this id is there." });
  expect(await hintOf("wrk")).toMatchObject({ hint: "Look in work: a job of this id is there." });
  expect(await hintOf("wrk", "x")).toMatchObject({
    code: "JOB_NOT_FOUND",
    message: 'no job has the id "x" in wrk',
    hint: "No queue has this name: the queues in the broker are other, work.",
  });
  expect(await hintOf("work", "x")).toMatchObject({ hint: expect.stringContaining("may have been removed") });
});

test("of two jobs of one id in a queue ours is meant, and `raw:` names another program's", async () => {
  await using app = await setup({ url, jobs: { work: async () => {} } });
  await app.enqueue("work", { ours: true }, { id: "x" });
  const queue = new Queue("work", { connection: { url: adminUrlOf(url) }, prefix: app.prefix });
  await queue.add("work.work", { ours: false }, { jobId: "x" });
  await queue.add("work.work", { ours: false }, { jobId: "alone" });
  await queue.close();

  expect((await app.show("x")).args).toEqual({ ours: true });
  expect((await app.show("t-x")).args).toEqual({ ours: true });
  expect((await app.show("raw:x")).args).toEqual({ ours: false });
  expect((await app.show("alone")).args).toEqual({ ours: false });
});

test("an id that is the name of one of BullMQ's own keys is no job's", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.enqueue("any");

  await expect(app.show("wait")).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
  await expect(app.show("meta")).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
});

test("a time that is none is told as null, and a record without a time of its own is unreadable", async () => {
  await using app = await setup({ url, jobs: { any: async () => {}, bad } });
  await app.start();
  const { id } = await app.enqueue("bad");
  await app.event("failed");
  const { id: later } = await app.enqueue("any", {}, { delay: "1h" });
  const { id: timeless } = await app.enqueue("any", {}, { delay: "2h" });
  await app.redis.hset(`${app.prefix}:work:t-${id}`, "processedOn", "abc");
  await app.redis.zadd(`${app.prefix}:work:delayed`, "1e300", `t-${later}`);
  await app.redis.hset(`${app.prefix}:work:t-${timeless}`, "timestamp", "abc");

  const { jobs, unreadable } = await list(app);

  expect(jobs.find((job) => job.id === id)).toMatchObject({ startedAt: null, durationMs: null });
  expect(jobs.find((job) => job.id === later)).toMatchObject({ state: "delayed", runAt: null });
  expect(unreadable).toMatchObject([{ id: timeless, reason: "its record is incomplete" }]);
  await expect(app.show(timeless)).rejects.toMatchObject({ code: "JOB_UNREADABLE" });
});

test("a job that goes on to another state meanwhile is listed once, and a list reads no logs", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const { id } = await app.enqueue("any");
  for (let n = 0; n < 149; n++) await app.enqueue("any");
  await app.redis.zadd(`${app.prefix}:work:delayed`, 1, `t-${id}`);
  await app.redis.config("RESETSTAT");

  const { jobs, total } = await list(app, {}, { limit: 500 });

  expect(jobs).toHaveLength(150);
  expect(total).toBe(150);
  expect(await app.redis.info("commandstats")).not.toContain("cmdstat_llen");
});

test("of jobs of one moment the oldest are taken first", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const ids: string[] = [];
  for (let n = 0; n < 4; n++) {
    ids.push((await app.enqueue("any")).id);
    await app.redis.hset(`${app.prefix}:work:t-${ids[n]}`, "timestamp", 1_000);
  }

  const { targets } = await matchTargets(app.broker, filter(), { nowMs: Date.now(), limit: 3 });

  expect(targets.map(({ id }) => id)).toEqual(ids.slice(0, 3));
});

test("records that are gone are looked for in their line once, not each by itself", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.enqueue("any");
  const ids = Array.from({ length: 12_000 }, (_none, n) => `gone-${n}`);
  await app.redis.lpush(`${app.prefix}:work:wait`, ...ids);
  await app.redis.config("RESETSTAT");

  const { total, unreadable } = await list(app, { states: ["waiting"] });

  expect(total).toBe(1);
  expect(unreadable).toHaveLength(ids.length);
  expect(await app.redis.info("commandstats")).toContain("cmdstat_lpos:calls=2,"); // of the one job that is read
});

test("a text is no completed job's error, though an attempt before failed with it; other letters than A to Z keep their case", async () => {
  const flaky = defineJob({
    attempts: 2,
    handler: async (_args: object, { attempt }) => {
      if (attempt === 1) throw new Error("ÄRGER at once");
    },
  });
  const angry = async () => Promise.reject(new Error("ÄRGER at ONCE"));
  await using app = await setup({ url, jobs: { flaky: flaky as AnyJob, angry } });
  await app.start();
  await app.enqueue("flaky");
  await app.event("completed");
  await app.enqueue("angry");
  await app.event("failed", 2);

  const found = async (error: string) => (await list(app, { error })).jobs.map(({ job }) => job);
  expect(await found("ÄRGER AT once")).toEqual(["work.angry"]);
  expect((await list(app)).total).toBe(2);
});

test("failed jobs that somebody cancelled are left where only the others are meant, and counted; by its id one is retried", async () => {
  await using app = await setup({ url, jobs: { any: async () => {}, bad } });
  const cancelled = await Promise.all([1, 2].map(async () => (await app.enqueue("any", {}, { delay: "1h" })).id));
  await actOn(app, "cancel", ...cancelled);
  await app.start();
  const { id } = await app.enqueue("bad");
  await app.event("failed");
  // One that the dashboard, say, had tried again since: it has failed of something else.
  const { id: again } = await app.enqueue("any", {}, { delay: "1h" });
  await actOn(app, "cancel", again);
  await app.redis.hset(`${app.prefix}:work:t-${again}`, "failedReason", "no ROUTE to mail");
  const match = (part: Partial<JobFilter> = {}) =>
    matchTargets(app.broker, filter({ states: ["failed"], ...part }), { nowMs: Date.now(), leaveCancelled: true });

  const { targets, counts, cancelledLeft } = await match();
  expect(targets.map((target) => target.id).sort()).toEqual([id, again].sort());
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  expect(cancelledLeft).toBe(2);
  expect(await match({ jobs: ["*.bad"] })).toMatchObject({ targets: [{ id }], cancelledLeft: 0 });
  expect(await match({ error: "cancelled BY" })).toMatchObject({ targets: [], cancelledLeft: 2 });

  const all = await matchTargets(app.broker, filter({ states: ["failed"] }), { nowMs: Date.now() });
  expect(all.targets).toHaveLength(4);
  expect(all.cancelledLeft).toBeUndefined();
  expect(await actOn(app, "retry", cancelled[0]!)).toMatchObject({ done: 1 });
});

test("a failed job that is retried has all its attempts again, and none of its past", async () => {
  let isMended = false;
  const flaky = defineJob({
    attempts: 2,
    handler: async (_args: object, { attempt }) => {
      if (!isMended || attempt === 1) throw new Error("not yet");
      return attempt;
    },
  });
  await using app = await setup({ url, jobs: { flaky: flaky as AnyJob } });
  await app.start();
  const { id } = await app.enqueue("flaky");
  await app.event("failed", 2);
  await app.redis.hset(`${app.prefix}:work:t-${id}`, "stc", 7, "taskq:putBacks", 9, "taskq:unknownSince", 1);
  isMended = true;

  expect(await actOn(app, "retry", id)).toMatchObject({ matched: 1, done: 1, refused: 0, gone: 0 });
  await app.event("completed");

  expect(await app.show(id)).toMatchObject({
    state: "completed",
    result: 2,
    attempts: { made: 2 },
    interruptions: 0,
    error: null,
  });
  expect(await app.redis.hmget(`${app.prefix}:work:t-${id}`, "taskq:putBacks", "taskq:unknownSince")).toEqual([
    null,
    null,
  ]);
});

test("many failed jobs are retried in batches, by filter, in the order in which they failed", async () => {
  const seen: number[] = [];
  let isMended = false;
  const work = async ({ n }: { n: number }) => {
    if (!isMended) throw new Error(n % 10 ? "odd" : "tenth");
    seen.push(n);
  };
  await using app = await setup({ url, jobs: { work }, config: { concurrency: 1 } });
  await app.start();
  for (let n = 0; n < 130; n++) await app.enqueue("work", { n });
  await app.event("failed", 130);
  isMended = true;

  const steps: number[] = [];
  const { targets } = await matchTargets(app.broker, filter({ error: "odd" }), { nowMs: Date.now() });
  const tally = await actOnJobs(tools(app), "retry", targets, { onProgress: ({ done }) => void steps.push(done) });
  await app.event("completed", 117);

  expect(tally).toEqual({ verb: "retry", matched: 117, done: 117, requested: 0, gone: 0, refused: 0, reasons: [] });
  expect(steps).toEqual([100, 117]);
  expect(seen[0]).toBeLessThan(5);
  expect(seen.at(-1)).toBeGreaterThan(120);
  expect((await list(app, { states: ["failed"] })).total).toBe(13);
  // A second one finds them gone.
  expect(await actOnJobs(tools(app), "retry", targets.slice(0, 3))).toMatchObject({ done: 0, refused: 3 });
});

test("a retry takes its unique key again, and is refused while another has it", async () => {
  const unique = defineJob({ unique: true, handler: bad });
  await using app = await setup({ url, jobs: { once: unique as AnyJob } });
  const service = await app.start();
  const first = await app.enqueue("once");
  await app.event("failed");
  service.close("a test");
  await service.ended;
  const second = await app.enqueue("once");

  expect(await actOn(app, "retry", first.id)).toMatchObject({
    done: 0,
    refused: 1,
    reasons: [{ reason: "an unfinished job has its unique key", count: 1, id: first.id }],
  });
  expect(await actOn(app, "remove", second.id)).toMatchObject({ done: 1 });
  expect(await actOn(app, "retry", first.id)).toMatchObject({ done: 1 });
  expect(await app.enqueue("once")).toMatchObject({ created: false, reason: "duplicate", id: first.id });
});

test("what is no failed job is not retried, what is not delayed is not promoted, and what runs is not removed", async () => {
  const release = gate();
  await using app = await setup({ url, jobs: { any: async () => {}, hold: () => release.opened } });
  await app.start();
  const { id: completed } = await app.enqueue("any");
  await app.event("completed");
  const { id: active } = await app.enqueue("hold");
  await app.event("active", 2);
  const { id: delayed } = await app.enqueue("any", {}, { delay: "1h" });

  const why = async (verb: JobVerb, id: string) => (await actOn(app, verb, id)).reasons[0]?.reason;
  expect(await why("retry", completed)).toBe("it is completed: enqueue it again");
  expect(await why("retry", delayed)).toBe("it is delayed: promote it");
  expect(await why("retry", active)).toBe("it has not failed: it is active");
  expect(await why("promote", completed)).toBe("it is not delayed: it is completed");
  expect(await why("remove", active)).toBe("it runs: cancel it first");
  release.open();
});

test("jobs of every state are removed with their logs and their unique keys, and the broker tells it", async () => {
  await using app = await setup({ url, jobs: { any: async () => {}, bad } });
  const noisy = await app.enqueue("any", {}, { unique: "one" });
  await app.redis.rpush(`${app.prefix}:work:t-${noisy.id}:logs`, "a line");
  await app.enqueue("any", {}, { priority: 3 });
  await app.enqueue("any", {}, { delay: "1h" });
  await app.enqueue("bad");

  expect(await act(app, "remove", { jobs: ["work.any"] })).toMatchObject({ matched: 3, done: 3 });

  expect((await list(app)).counts).toEqual([{ job: "work.bad", queue: "work", state: "waiting", count: 1 }]);
  const keys = await app.redis.keys(`${app.prefix}:work:*${noisy.id}*`);
  expect(keys).toEqual([]);
  expect(await app.enqueue("any", {}, { unique: "one" })).toMatchObject({ created: true });
  const events = await app.redis.xrevrange(`${app.prefix}:work:events`, "+", "-");
  expect(events.map(([, fields]) => fields.slice(0, 4)).filter(([, event]) => event === "removed")).toHaveLength(3);
});

test("delayed jobs are promoted, and run", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.start();
  const ids = await Promise.all([1, 2].map(async () => (await app.enqueue("any", {}, { delay: "1h" })).id));

  expect(await act(app, "promote", { states: ["delayed"] })).toMatchObject({ matched: 2, done: 2 });

  await app.event("completed", 2);
  expect(app.seen.filter(({ type }) => type === "completed").map((event) => (event as { id?: string }).id)).toEqual(
    expect.arrayContaining(ids),
  );
});

test("jobs that wait and jobs that run are cancelled together, and one that ignores it is told apart", async () => {
  const release = gate();
  await using app = await setup({
    url,
    jobs: { hold: () => release.opened },
    config: { concurrency: 1, abortGrace: "5s" },
  });
  await app.start();
  await app.enqueue("hold");
  await app.event("active");
  for (let n = 0; n < 3; n++) await app.enqueue("hold");

  const tally = await act(app, "cancel", { states: ["active", "waiting"] });

  expect(tally).toMatchObject({
    matched: 4,
    done: 3,
    requested: 1,
    reasons: [{ reason: "its handler was told to stop", count: 1 }],
  });
  release.open();
});

test("a schedule's next run is neither promoted, nor removed, nor cancelled, whether it is delayed or waits", async () => {
  await using app = await setup({
    url,
    jobs: { tick: async () => {} },
    schedules: { hourly: { of: "tick", every: "1h" } },
  });
  const service = await app.start();
  await app.event("completed"); // an interval begins with a run
  service.close("a test");
  await service.ended;
  await app.enqueue("tick", {}, { delay: "1h" });
  const next = async () =>
    (await app.redis.zrange(`${app.prefix}:work:delayed`, "0", "-1")).filter((id) => /^repeat/.test(id));
  const [id] = await next();

  for (const verb of ["promote", "remove", "cancel"] as const) {
    expect(await actOn(app, verb, id!)).toMatchObject({ done: 0, refused: 1 });
  }
  expect(await act(app, "remove", { states: ["delayed"] })).toMatchObject({ done: 1, refused: 1 });
  expect(await next()).toEqual([id]);
  // It becomes due while no worker is there: now it waits among others.
  await app.enqueue("tick");
  await app.redis.zrem(`${app.prefix}:work:delayed`, id!);
  await app.redis.rpush(`${app.prefix}:work:wait`, id!);
  await app.enqueue("tick");
  expect(await act(app, "remove", { states: ["waiting", "delayed"] })).toMatchObject({ done: 2, refused: 1 });
  expect(await app.redis.lrange(`${app.prefix}:work:wait`, 0, -1)).toEqual([id]);
  await app.start();
  await app.event("completed", 2);
  expect(await next()).toHaveLength(1);
});

test("a run that is due is cancelled like any other job once its schedule is gone", async () => {
  await using app = await setup({
    url,
    jobs: { tick: async () => {} },
    schedules: { hourly: { of: "tick", every: "1h" } },
  });
  const service = await app.start();
  await app.event("completed");
  service.close("a test");
  await service.ended;
  const [id] = await app.redis.zrange(`${app.prefix}:work:delayed`, "0", "-1");
  await app.redis.zrem(`${app.prefix}:work:delayed`, id!);
  await app.redis.rpush(`${app.prefix}:work:wait`, id!);

  expect(await actOn(app, "cancel", id!)).toMatchObject({ done: 0, refused: 1 });
  await app.redis.zrem(`${app.prefix}:work:repeat`, "hourly");
  expect(await actOn(app, "cancel", id!)).toMatchObject({ done: 1, refused: 0 });
  expect(await app.show(id!)).toMatchObject({ state: "failed", cancelled: { by: "ada" } });
});

test("a job of a flow that has left the state in which it was seen is not removed", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const flows = new FlowProducer({ connection: app.redis, prefix: app.prefix });
  const { children } = await flows.add({
    name: "whole",
    queueName: "work",
    children: [{ name: "a", queueName: "work" }],
  });
  await app.redis.sadd(`${app.prefix}:taskq:queues`, "work");
  const { id } = children![0]!.job;
  const { targets } = await findTargets(app.broker, [id!], undefined);
  const remove = (state: JobState) =>
    actOnJobs(
      tools(app),
      "remove",
      targets.map((target) => ({ ...target, state })),
    );

  expect(await remove("failed")).toMatchObject({ gone: 1, done: 0 });
  expect((await app.show(id!)).state).toBe("waiting");
  expect(await remove("waiting")).toMatchObject({ gone: 0, done: 1 });
});

test("a job of a flow names its parent and its children, and is removed with them", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const flows = new FlowProducer({ connection: app.redis, prefix: app.prefix });
  const { job, children } = await flows.add({
    name: "whole",
    queueName: "work",
    children: [1, 2].map((n) => ({ name: `part ${n}`, queueName: "work" })),
  });
  await app.redis.sadd(`${app.prefix}:taskq:queues`, "work");
  const parts = children!.map((child) => child.job.id!);

  const parent = await app.show(job.id!);
  expect(parent).toMatchObject({ state: "waiting-children", parent: null });
  expect(parent.children.map(({ id }) => id).sort()).toEqual([...parts].sort());
  expect(parent.children[0]).toMatchObject({ queue: "work", state: "unfinished" });
  expect(await app.show(parts[0]!)).toMatchObject({ parent: { id: job.id, queue: "work" }, children: [] });

  expect(await actOn(app, "cancel", job.id!)).toMatchObject({ refused: 1 });
  expect(await actOn(app, "remove", job.id!)).toMatchObject({ done: 1 });
  expect((await list(app, { states: [...everything, "waiting-children"] })).total).toBe(0);
});

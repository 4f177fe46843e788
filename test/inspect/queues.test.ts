import { expect, test } from "vitest";
import { actOnJobs } from "../../src/inspect/act-on-jobs.ts";
import { matchTargets } from "../../src/inspect/find-targets.ts";
import { limitQueues } from "../../src/inspect/limit-queues.ts";
import { obliterateQueue } from "../../src/inspect/obliterate-queue.ts";
import { pauseQueues, resumeQueues } from "../../src/inspect/pause-queues.ts";
import { listQueues } from "../../src/inspect/queue-list.ts";
import { readQueueStats } from "../../src/inspect/queue-stats.ts";
import { testRedis } from "../helpers/redis.ts";
import { gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const promptly = { timeout: 3_000, interval: 20 };

test("a queue that is paused says by whom, since when and why; its worker takes nothing, and goes on at once after", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.start();

  expect(await pauseQueues(app.broker, ["w*"], { by: "ada", reason: "no mail" })).toEqual([
    { queue: "work", outcome: "paused" },
  ]);
  expect(await pauseQueues(app.broker, ["work"], { by: "bob" })).toEqual([{ queue: "work", outcome: "unchanged" }]);
  const { id } = await app.enqueue("any");
  expect(await listQueues(app.broker, [])).toEqual([
    {
      queue: "work",
      paused: { by: "ada", at: expect.stringMatching(/Z$/), reason: "no mail" },
      workers: 1,
      unstarted: 1,
      active: 0,
      concurrency: null,
      rate: null,
    },
  ]);
  expect(await app.show(id)).toMatchObject({ state: "waiting" });

  expect(await resumeQueues(app.broker, ["work"])).toEqual([{ queue: "work", outcome: "resumed" }]);
  await app.event("completed");
  expect(await listQueues(app.broker, [])).toMatchObject([{ paused: null }]);
  expect(await resumeQueues(app.broker, ["work"])).toEqual([{ queue: "work", outcome: "unchanged" }]);
  await expect(pauseQueues(app.broker, ["x*"], { by: "ada" })).rejects.toMatchObject({ code: "QUEUE_NOT_FOUND" });
});

test("a worker that lives takes a new concurrency at once, and the config's again after the reset", async () => {
  const release = gate();
  await using app = await setup({
    url,
    jobs: { hold: () => release.opened },
    config: { concurrency: 10, queues: { work: { globalConcurrency: 1 } } },
  });
  await app.start();
  for (let n = 0; n < 8; n++) await app.enqueue("hold");
  const active = async () => (await readQueueStats(app.broker, ["work"]))[0]!.active;
  await expect.poll(active, promptly).toBe(1);

  await limitQueues(app.broker, ["work"], { kind: "concurrency", limit: 3 }, "ada");
  await expect.poll(active, promptly).toBe(3);
  expect(await readQueueStats(app.broker, ["work"])).toMatchObject([{ override: { concurrency: 3, rate: null } }]);

  await app.start({ name: "another" }); // its config says 1
  await limitQueues(app.broker, ["work"], { kind: "concurrency", limit: 5 }, "ada");
  await expect.poll(active, promptly).toBe(5);

  const [row] = await limitQueues(app.broker, ["work"], { kind: "concurrency", limit: "reset" }, "ada");
  expect(row).toMatchObject({ concurrency: { max: 1, from: "config", by: null } });
  release.open();
  await app.event("completed", 8);
});

test("a worker that waits for the end of a long window takes a new rate at once, and none after the reset", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.start();
  await limitQueues(app.broker, ["work"], { kind: "rate", limit: { max: 2, perMs: 600_000 } }, "ada");
  for (let n = 0; n < 9; n++) await app.enqueue("any");
  await app.event("completed", 2);
  const [limited] = await listQueues(app.broker, ["work"]);
  expect(limited).toMatchObject({ unstarted: 7, rate: { max: 2, perMs: 600_000, from: "operator", by: "ada" } });

  await limitQueues(app.broker, ["work"], { kind: "rate", limit: { max: 5, perMs: 600_000 } }, "ada");
  await app.event("completed", 7);
  await limitQueues(app.broker, ["work"], { kind: "rate", limit: "reset" }, "ada");
  await app.event("completed", 9);
  expect(await listQueues(app.broker, ["work"])).toMatchObject([{ rate: null }]);
});

test("an operator's rate wins over the config's, whose window was longer", async () => {
  await using app = await setup({
    url,
    jobs: { any: async () => {} },
    config: { queues: { work: { rateLimit: { max: 1, per: "10m" } } } },
  });
  await app.start();
  await app.enqueue("any");
  await app.event("completed");

  await limitQueues(app.broker, ["work"], { kind: "rate", limit: { max: 3, perMs: 200 } }, "ada");
  for (let n = 0; n < 9; n++) await app.enqueue("any");
  await app.event("completed", 10);
});

test("a queue is emptied of what has not begun; its schedule goes on, and what runs and what ended stays", async () => {
  const release = gate();
  await using app = await setup({
    url,
    jobs: { hold: () => release.opened, tick: async () => {} },
    schedules: { nightly: { of: "tick", cron: "0 3 * * *" } },
    config: { concurrency: 1 },
  });
  await app.start();
  await app.enqueue("hold");
  await app.event("active");
  for (let n = 0; n < 150; n++)
    await app.enqueue("tick", { n }, { priority: n % 3, ...(n % 5 ? {} : { delay: "1h" }) });

  const states = ["waiting", "prioritized", "delayed"] as const;
  const { targets } = await matchTargets(app.broker, { states, queues: ["work"], jobs: [] }, { nowMs: Date.now() });
  const tally = await actOnJobs({ broker: app.broker, config: app.config, by: "ada" }, "remove", targets);

  expect(tally).toMatchObject({ matched: 151, done: 150, refused: 1 });
  expect(await readQueueStats(app.broker, [])).toMatchObject([{ waiting: 0, prioritized: 0, delayed: 1, active: 1 }]);
  const keys = (await app.redis.keys(`${app.prefix}:work:*`)).filter((key) => /:t-[^:]+$/.test(key));
  expect(keys).toHaveLength(1); // of the job that runs
  expect(await app.redis.zrange(`${app.prefix}:work:repeat`, "0", "-1")).toEqual(["nightly"]);
  release.open();
});

test("an obliterated queue is gone from the store too, and what comes after begins anew", async () => {
  await using app = await setup({
    url,
    jobs: { any: async () => {} },
    schedules: { nightly: { of: "any", cron: "0 3 * * *" } },
    config: { queues: { work: { globalConcurrency: 4 } } },
  });
  const service = await app.start();
  await expect(obliterateQueue(app.broker, "work", false)).rejects.toMatchObject({ code: "USAGE" });
  service.close("a test");
  await service.ended;
  await app.enqueue("any", {}, { unique: "one" });
  await limitQueues(app.broker, ["work"], { kind: "concurrency", limit: 2 }, "ada");
  await pauseQueues(app.broker, ["work"], { by: "ada" });

  await obliterateQueue(app.broker, "work", false);

  const left = (await app.redis.keys(`${app.prefix}:*`)).filter((key) => key.includes("work"));
  expect(left).toEqual([]);
  expect(await app.redis.hgetall(`${app.prefix}:taskq:limits`)).toEqual({});
  expect(await app.redis.hgetall(`${app.prefix}:taskq:overrides`)).toEqual({});
  expect(await app.redis.hgetall(`${app.prefix}:taskq:pauses`)).toEqual({});
  expect(await readQueueStats(app.broker, [])).toEqual([]);
  await expect(obliterateQueue(app.broker, "work", false)).rejects.toMatchObject({ code: "QUEUE_NOT_FOUND" });
  await expect(obliterateQueue(app.broker, "w*", false)).rejects.toMatchObject({ code: "USAGE" });

  await app.start();
  await app.enqueue("any", {}, { unique: "one" });
  await app.event("completed");
  expect(await listQueues(app.broker, [])).toMatchObject([{ paused: null, concurrency: { max: 4, from: "config" } }]);
});

test("a queue whose jobs run is not obliterated, and is not left paused", async () => {
  const release = gate();
  await using app = await setup({ url, jobs: { hold: () => release.opened } });
  await app.start();
  await app.enqueue("hold");
  await app.event("active");
  await app.redis.del(`${app.prefix}:taskq:workers:work`); // as if the worker were another program's

  await expect(obliterateQueue(app.broker, "work", false)).rejects.toMatchObject({
    code: "USAGE",
    message: "jobs of the queue work run now",
  });
  expect(await readQueueStats(app.broker, ["work"])).toMatchObject([{ paused: false, active: 1 }]);
  release.open();
  await app.event("completed");
});

test("what another program wrote of a pause or of a limit is told as far as it makes sense", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.enqueue("any");
  await pauseQueues(app.broker, ["work"], { by: "ada" });
  await limitQueues(app.broker, ["work"], { kind: "concurrency", limit: 3 }, "ada");
  const store = `${app.prefix}:taskq`;
  await app.redis.hset(`${store}:pauses`, "work", JSON.stringify({ by: 7, atMs: "abc", reason: { why: 1 } }));
  const [field, set] = Object.entries(await app.redis.hgetall(`${store}:overrides`))[0]!;
  await app.redis.hset(`${store}:overrides`, field, JSON.stringify({ ...JSON.parse(set), atMs: "abc" }));

  expect(await listQueues(app.broker, [])).toMatchObject([
    {
      paused: { by: "7", at: null, reason: "[object Object]" },
      concurrency: { max: 3, from: "operator", by: "ada", at: null },
    },
  ]);
});

test("an operator's limit that another program has replaced is no override", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.enqueue("any");
  const override = async () => (await readQueueStats(app.broker, []))[0]!.override;
  await limitQueues(app.broker, ["work"], { kind: "concurrency", limit: 3 }, "ada");
  await limitQueues(app.broker, ["work"], { kind: "rate", limit: { max: 5, perMs: 1_000 } }, "ada");
  expect(await override()).toEqual({ concurrency: 3, rate: { max: 5, perMs: 1_000 } });

  await app.redis.hset(`${app.prefix}:work:meta`, "concurrency", 9);
  expect(await override()).toEqual({ concurrency: null, rate: { max: 5, perMs: 1_000 } });
  await app.redis.hdel(`${app.prefix}:work:meta`, "max", "duration");
  expect(await override()).toBeNull();
  expect(await listQueues(app.broker, [])).toMatchObject([{ concurrency: { max: 9, from: "other" }, rate: null }]);
});

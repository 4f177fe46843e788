import { Queue } from "bullmq";
import { expect, test } from "vitest";
import { defineJob } from "../../../src/definition/job.ts";
import { ask, samplesOf } from "../../helpers/http.ts";
import { freePort, testRedis } from "../../helpers/redis.ts";
import { type App, gate, type SetupOptions, setup } from "../../helpers/setup.ts";

const { url, address } = await testRedis();
const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const create = (options: Omit<SetupOptions, "url">) =>
  setup({ url, ...options, config: { ...options.config, http: "127.0.0.1:0" } });
const addressOf = async (app: App) => (await app.event("started")).http!;
const status = async (app: App) => JSON.parse((await ask(await addressOf(app), "/status")).body);
const samples = async (app: App) => samplesOf((await ask(await addressOf(app), "/metrics")).body);

test("without http nothing is served", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.start();

  expect((await app.event("started")).http).toBeNull();
});

test("status tells who runs what, and what has ended since the start", async () => {
  const { opened, open } = gate();
  await using app = await create({
    jobs: {
      wait: () => opened,
      pass: async () => {},
      fail: async () => Promise.reject(new Error("no such luck")),
      retry: defineJob({ attempts: 2, backoff: { type: "fixed", delay: "1h" }, handler: () => Promise.reject("no") }),
    },
    schedules: { hourly: { of: "pass", cron: "0 * * * *" } },
    config: { concurrency: 4 },
  });
  await app.start({ name: "one" });
  const { id } = await app.enqueue("wait");
  await app.event("active");
  for (const job of ["pass", "fail", "retry"]) await app.enqueue(job);
  await app.event("completed");
  await app.event("failed", 2);

  const told = await status(app);
  open();
  expect(told).toEqual({
    name: "one",
    app: "test",
    release: expect.stringMatching(/^[0-9a-f]{8}$/),
    version: expect.any(String),
    pid: process.pid,
    host: expect.any(String),
    startedAt: iso,
    state: "running",
    broker: { address, up: true },
    queues: [{ queue: "work", concurrency: 4, active: 1 }],
    active: [{ id, job: "work.wait", queue: "work", sinceMs: expect.any(Number), abandoned: false }],
    counts: { completed: 1, failed: 1, retried: 1, putBack: 0 },
    schedules: 1,
    memoryBytes: expect.any(Number),
    eventLoopDelayMs: { p50: expect.any(Number), p99: expect.any(Number), max: expect.any(Number) },
  });
});

test("status shows at most a hundred jobs, and ids in printable ASCII", async () => {
  const { opened, open } = gate();
  await using app = await create({ jobs: { wait: () => opened }, config: { concurrency: 150 } });
  await app.start();
  const stranger = new Queue("work", { connection: { url }, prefix: app.prefix });
  await stranger.add("work.wait", {}, { jobId: "a\u001b[2J\u202e" });
  await stranger.close();
  await app.event("active");
  for (let n = 0; n < 120; n++) await app.enqueue("wait");
  await app.event("active", 121);

  const { body } = await ask(await addressOf(app), "/status");
  open();
  expect(body).toMatch(/^[\n -~]*$/);
  const { active, queues } = JSON.parse(body);
  expect(active).toHaveLength(100);
  expect(active[0].id).toBe("a\u001b[2J\u202e");
  expect(queues).toMatchObject([{ active: 121 }]);
});

test("a handler that was given up counts as abandoned, not as active", async () => {
  const { opened, open } = gate();
  await using app = await create({ jobs: { hang: defineJob({ timeout: "50ms", handler: () => opened }) } });
  await app.start();
  await app.enqueue("hang");
  await app.event("failed");

  const [metrics, told] = await Promise.all([samples(app), status(app)]);
  open();
  expect(metrics).toMatchObject({ 'taskq_jobs_active{queue="work"}': 0, taskq_abandoned_handlers: 1 });
  expect(told).toMatchObject({ queues: [{ active: 0 }], active: [{ abandoned: true }] });
});

test("a wait is from when the job was due to its first start, and a retry is none", async () => {
  await using app = await create({
    jobs: { retry: defineJob({ attempts: 2, handler: () => Promise.reject("no") }), later: async () => {} },
  });
  const enqueuedAtMs = Date.now();
  await app.enqueue("retry");
  await app.enqueue("later", {}, { delay: "1s" });
  await app.start();
  await app.event("failed", 2);
  await app.event("completed");
  const tookMs = Date.now() - enqueuedAtMs;

  const found = await samples(app);
  const waitOf = (job: string, what: string) => found[`taskq_job_wait_seconds_${what}{queue="work",job="work.${job}"}`];
  expect([waitOf("retry", "count"), waitOf("later", "count")]).toEqual([1, 1]);
  expect(waitOf("later", "sum")).toBeLessThan((tookMs - 1_000 + 50) / 1_000);
  expect(waitOf("retry", "sum")).toBeLessThan(tookMs / 1_000);
  expect(found).toMatchObject({
    'taskq_jobs_total{queue="work",job="work.retry",outcome="retried"}': 1,
    'taskq_jobs_total{queue="work",job="work.retry",outcome="failed"}': 1,
    'taskq_job_duration_seconds_count{queue="work",job="work.retry"}': 2,
  });
});

test("a schedule's lag is from its tick to the start of its job", async () => {
  await using app = await create({ jobs: { tick: async () => {} }, schedules: { often: { of: "tick", every: "5s" } } });
  await app.start();
  const { schedule, waitedMs } = await app.event("active", 2);

  const found = await samples(app);
  expect(found['taskq_schedule_lag_seconds_count{schedule="often"}']).toBeGreaterThanOrEqual(2);
  expect(schedule).toBe("often");
  expect(waitedMs).toBeLessThan(4_000); // the broker made the job five seconds before its tick
});

test("a start that fails lets go of the port", async () => {
  await using app = await create({ jobs: { any: async () => {} } });
  const port = await freePort();
  const config = { ...app.config, http: { host: "127.0.0.1", port } };
  const nobody = { ...config, broker: "redis://127.0.0.1:1" };

  await expect(app.start({ config: nobody })).rejects.toMatchObject({ code: "BROKER_UNREACHABLE" });
  await app.start({ config });
  expect(await addressOf(app)).toBe(`http://127.0.0.1:${port}`);
});

import { hostname } from "node:os";
import { expect, test } from "vitest";
import { createFolder, createProject, taskq } from "../helpers/cli.ts";
import { idleQueue } from "../helpers/idle-queue.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();

const project = createProject({
  broker: redis.url,
  config: `export default { app: "shop", queues: { mail: { concurrency: 3 } } };`,
  jobs: {
    "mail/jobs/tasks.js": `
      export async function send() { await new Promise((resolve) => process.once("SIGUSR2", resolve)); }
    `,
    "reports/jobs/tasks.js": `
      export async function build() {}
      export async function send() {}
    `,
    "reports/jobs/scheduled.js": `
      import { defineSchedule } from "taskq";
      import { build, send } from "./tasks.js";
      export default [
        defineSchedule({ job: build, cron: "0 8 * * *", timezone: "Europe/Berlin" }),
        defineSchedule({ job: send, every: "10m", overlap: "allow" }),
      ];
    `,
  },
});

const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const daily = { name: "reports.build", job: "reports.build", queue: "reports", timezone: "Europe/Berlin" };

test("what is waiting and running is seen from any folder, without a config", async () => {
  const elsewhere = { cwd: createFolder(), broker: redis.url, prefix: project.prefix };
  const look = async (...args: string[]) => JSON.parse((await taskq([...args, "--json"], elsewhere)).stdout);
  const worker = project.worker("--verbose", "--no-schedules", "--queue", "mail", "--name", "post");
  const { id } = await project.json("enqueue", "mail.send");
  await project.json("enqueue", "reports.build");
  await project.json("enqueue", "reports.build", "--delay", "1h");
  await project.json("enqueue", "reports.build", "--priority", "1");
  await worker.event("active", { id });
  const { release } = await worker.event("started");

  const idle = { ...idleQueue, override: null };
  expect(await look("stats")).toEqual([
    { ...idle, queue: "mail", workers: 1, active: 1 },
    {
      ...idle,
      queue: "reports",
      waiting: 1,
      prioritized: 1,
      delayed: 1,
      oldestWaitingMs: expect.any(Number),
    },
  ]);
  expect(await look("stats", "m*")).toMatchObject([{ queue: "mail" }]);
  expect(await look("stats", "nothing*")).toEqual([]);
  const none = 'no queue fits "nothing*": the queues in the broker are mail, reports\n';
  for (const command of [["stats"], ["queue", "list"]]) {
    expect(await project.taskq(...command, "nothing*")).toMatchObject({ stdout: none, code: 0 });
  }

  // The process tells what it runs every few seconds.
  await expect.poll(() => look("worker", "list")).toMatchObject([{ active: [{ id }] }]);
  expect(await look("worker", "list")).toEqual([
    {
      name: "post",
      host: hostname(),
      pid: worker.pid,
      app: "shop",
      release,
      version: "0.1.0",
      queues: [{ queue: "mail", concurrency: 3 }],
      state: "running",
      startedAt: iso,
      active: [{ id, job: "mail.send", queue: "mail", sinceMs: expect.any(Number), abandoned: false, progress: null }],
      memoryBytes: expect.any(Number),
      shutdownTimeoutMs: 25_000,
      poolPid: null,
    },
  ]);

  worker.signal("SIGUSR2");
  await worker.event("completed", { id });
  worker.signal("SIGTERM");
  expect(await worker.exited).toBe(0);
  expect(await look("worker", "list")).toEqual([]);
});

test("a schedule says when it runs next, or why it does not", async () => {
  const reason = "not in the broker yet: `taskq run-worker` puts it there";
  expect(await project.json("schedule", "list")).toMatchObject([
    { ...daily, cron: "0 8 * * *", next: null, reason, state: "new" },
    { name: "reports.send", cron: null, everyMs: 600_000, next: null, reason, state: "new" },
  ]);

  const worker = project.worker();
  await worker.event("schedulesSynced", {});
  await worker.event("started", { schedules: 2 });

  expect(await project.json("schedule", "list")).toMatchObject([
    { ...daily, cron: "0 8 * * *", next: iso, reason: null, state: "ok" },
    { name: "reports.send", cron: null, everyMs: 600_000, next: iso, reason: null, state: "ok" },
  ]);
});

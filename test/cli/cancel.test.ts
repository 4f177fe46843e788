import { expect, test } from "vitest";
import { createFolder, createProject, taskq } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();

const tasks = `
import { setTimeout as wait } from "node:timers/promises";
export async function hold(_args, { signal, log }) {
  signal.addEventListener("abort", () => log.info(signal.reason.code));
  await wait(600_000, undefined, { signal });
}
export async function mark() { return "done"; }
`;
const scheduled = `
import { mark } from "./tasks.js";
import { defineSchedule } from "taskq";
export const nightly = defineSchedule({ job: mark, cron: "0 3 * * *" });
`;
const create = (jobs = {}) => createProject({ broker: redis.url, jobs: { "shop/jobs/tasks.js": tasks, ...jobs } });

test("a running job is cancelled from another process, and job show tells it from one that failed", async () => {
  const project = create();
  const workers = [project.worker("--name", "a"), project.worker("--name", "b")];
  await Promise.all(workers.map((worker) => worker.event("started")));
  const { id } = await project.json("enqueue", "shop.hold");
  await expect.poll(async () => (await project.json("job", "show", id)).state).toBe("active");

  const receipts = await project.json("job", "cancel", id, "--reason", "wrong month");

  expect(receipts).toEqual([{ id, queue: "shop", outcome: "cancelled" }]);
  expect(await project.json("job", "show", id)).toMatchObject({
    state: "failed",
    attempts: { made: 1 },
    error: { message: expect.stringMatching(/^cancelled by .+: wrong month$/) },
    cancelled: { by: expect.any(String), reason: "wrong month", at: expect.any(String) },
    logs: [expect.stringContaining("JOB_CANCELLED")],
  });
  expect((await project.taskq("job", "show", id)).stdout).toMatch(/^shop\.hold {2}failed \(cancelled\)\n/);
  const told = workers.flatMap(({ events }) => events).filter(({ event }) => event === "cancelled");
  expect(told).toMatchObject([{ level: "info", id, reason: "wrong month" }]);
});

test("several jobs that wait are cancelled at once, where there is no config", async () => {
  const { prefix, json } = create();
  const ids = [(await json("enqueue", "shop.mark")).id, (await json("enqueue", "shop.mark", "--delay", "1h")).id];
  const options = { cwd: createFolder(), broker: redis.url, prefix };

  const { stdout, code } = await taskq(["job", "cancel", ...ids], options);

  expect(code).toBe(0);
  expect(stdout).toBe(ids.map((id) => `cancelled id=${id} queue=shop\n`).join(""));
  for (const id of ids) expect(await json("job", "show", id)).toMatchObject({ cancelled: { reason: null } });
});

test("an id that no job has ends with 4, and the others are cancelled all the same", async () => {
  const { json, taskq } = create();
  const { id } = await json("enqueue", "shop.mark");

  const { stdout, stderr, code } = await taskq("job", "cancel", "nobody", id);

  expect(code).toBe(4);
  expect(stdout).toBe(`cancelled id=${id} queue=shop\n`);
  expect(stderr).toContain('no job has the id "nobody"');
});

test("the next run of a schedule is not cancelled", async () => {
  const project = create({ "shop/jobs/scheduled.js": scheduled });
  const worker = project.worker();
  await worker.event("started");
  const { Redis } = await import("ioredis");
  const raw = new Redis(redis.adminUrl);
  const [id] = await raw.zrange(`${project.prefix}:shop:delayed`, "0", "0");
  raw.disconnect();

  const { stderr, code } = await project.taskq("job", "cancel", id!);

  expect(code).toBe(2);
  expect(stderr).toContain("next run of a schedule");
  expect(await project.json("schedule", "list")).toMatchObject([{ job: "shop.mark", next: expect.any(String) }]);
});

test("a job whose worker was killed while it was cancelled is not run by the next one", async () => {
  const project = create();
  const worker = project.worker();
  const { id } = await project.json("enqueue", "shop.hold");
  await worker.event("started");
  await expect.poll(async () => (await project.json("job", "show", id)).state).toBe("active");
  worker.signal("SIGKILL");
  await worker.exited;

  expect(await project.json("job", "cancel", id)).toMatchObject([{ outcome: "requested" }]);
  const next = project.worker();

  await next.event("failed", { id, final: true });
  expect(next.events.filter(({ event }) => event === "log")).toEqual([]);
  expect(await project.json("job", "show", id)).toMatchObject({ state: "failed", cancelled: { reason: null } });
});

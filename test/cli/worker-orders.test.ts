import { expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";
import { onTerminal } from "../helpers/terminal.ts";

const redis = await testRedis();
const project = createProject({
  broker: redis.url,
  jobs: { "shop/jobs/tasks.js": "export async function any() {}" },
});

test("the processes of a pool are workers of their own; one that is stopped is followed by another", async () => {
  const pool = project.worker("--processes", "2", "--name", "shop");
  for (const worker of ["shop-1", "shop-2"]) await pool.event("started", { worker });
  const before = await project.json("worker", "list");

  expect(await project.json("worker", "quiet", "shop-*")).toMatchObject([
    { order: "quiet", outcome: "quiet", poolPid: pool.pid },
    { order: "quiet", outcome: "quiet", poolPid: pool.pid },
  ]);
  const { stdout, code } = await project.taskq("worker", "stop", "shop-1");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^closing {2}shop-1 \(pid \d+ on .+\)\n/);
  expect(stdout).toContain(`a pool starts another in its place: to end it, send SIGTERM to pid ${pool.pid} on `);

  await pool.event("childEnded", { seat: 1, code: 0 });
  await expect
    .poll(() => project.json("worker", "list"))
    .toMatchObject([
      { name: "shop-2", state: "quiet", pid: before.find(({ name }: { name: string }) => name === "shop-2").pid },
      { name: "shop-1", state: "running" },
    ]);
  pool.signal("SIGTERM");
  expect(await pool.exited).toBe(0);
});

test("every worker is asked only with --yes, or by somebody who says yes", async () => {
  const worker = project.worker("--name", "solo");
  await worker.event("started");

  const unasked = await project.taskq("worker", "stop", "--all");
  expect(unasked).toMatchObject({ code: 2, stdout: "" });
  expect(unasked.stderr).toContain("there is no terminal to ask at: stop 1 worker?");
  expect(unasked.stderr).toContain("hint: Add `--yes`.");

  const place = { cwd: project.root, broker: redis.url, prefix: project.prefix };
  const refused = onTerminal(["worker", "stop", "--all"], place);
  await refused.shows(/stop 1 worker\? \[y\/N\]/);
  refused.type("n\n");
  await refused.shows(/no worker was asked/);
  expect(await refused.exited).toBe(0);

  const agreed = onTerminal(["worker", "stop", "--all"], place);
  await agreed.shows(/stop 1 worker\? \[y\/N\]/);
  agreed.type("y\n");
  await agreed.shows(/closing.*solo/);
  expect(await agreed.exited).toBe(0);
  expect(await worker.exited).toBe(0);
  expect(worker.events).toContainEqual(expect.objectContaining({ event: "ordered", order: "stop" }));

  expect(await project.taskq("worker", "resume", "--all", "--yes")).toMatchObject({
    code: 0,
    stdout: "no worker was asked\n",
  });
  expect(await project.taskq("worker", "resume", "solo")).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('no live worker is named "solo"'),
  });
});

import { expect, test } from "vitest";
import { createFolder, createProject, taskq } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();
const project = createProject({
  broker: redis.url,
  jobs: {
    "mail/jobs/tasks.js": "export async function send() {}",
    "reports/jobs/tasks.js": "export async function render() {}",
  },
});
const elsewhere = { cwd: createFolder(), broker: redis.url, prefix: project.prefix };
const check = (...args: string[]) => project.taskq("worker", "list", "--check", ...args);

test("--check tells a monitor that no worker lives, and which queues of the project have none", async () => {
  const none = "no workers: start one with `taskq run-worker`\n";
  const silent = "no live worker takes from mail, reports\n";
  expect(await check()).toEqual({ stdout: none, stderr: silent, code: 1 });
  expect(await check("--json", "--quiet")).toEqual({ stdout: "[]\n", stderr: silent, code: 1 });
  expect(await project.taskq("worker", "list")).toEqual({ stdout: none, stderr: "", code: 0 });
  // Without a config the broker alone is asked.
  expect(await taskq(["worker", "list", "--check"], elsewhere)).toEqual({ stdout: none, stderr: "", code: 1 });

  const worker = project.worker("--queue", "mail");
  await worker.event("started");
  expect(await check()).toMatchObject({ stderr: "no live worker takes from reports\n", code: 1 });
  expect(await taskq(["worker", "list", "--check"], elsewhere)).toMatchObject({ stderr: "", code: 0 });

  const other = project.worker("--queue", "reports");
  await other.event("started");
  expect(await check()).toMatchObject({ stdout: expect.stringMatching(/mail=10/), stderr: "", code: 0 });
});

import { expect, test } from "vitest";
import { createFolder, createProject, taskq } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();
const project = createProject({
  broker: redis.url,
  jobs: { "shop/jobs/tasks.js": "export async function any() {}" },
});

test("doctor needs no config, ends with 1 where there is an error, and says the command that mends it", async () => {
  const elsewhere = { cwd: createFolder(), broker: redis.url, prefix: project.prefix };
  const before = await taskq(["doctor"], elsewhere);
  expect(before).toMatchObject({ code: 0, stderr: "" });
  expect(before.stdout).toMatch(/^ok: 0 errors, \d warnings? at redis:\/\/taskq:\*\*\*@/m);

  await project.json("enqueue", "shop.any");
  const { code, stdout } = await taskq(["doctor"], elsewhere);
  expect(code).toBe(1);
  expect(stdout).toContain("error    queues: queue shop has no worker, and 1 job to run");
  expect(stdout).toContain("do:  taskq run-worker --queue shop\n");
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);

  const json = await taskq(["doctor", "--json"], elsewhere);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({ errors: 1 });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();

const tasks = `
export async function greet({ who }) { return { greeting: \`hello \${who}\` }; }
export async function fail() { throw new Error("no paper"); }
`;
const create = () => createProject({ broker: redis.url, jobs: { "shop/jobs/tasks.js": tasks } });

test("enqueue --wait prints the receipt and the result", async () => {
  const project = create();
  await project.worker().event("started");

  const document = await project.json("enqueue", "shop.greet", "--args", '{"who":"ada"}', "--wait", "30s");

  expect(document).toEqual({
    created: true,
    reason: null,
    id: expect.any(String),
    job: "shop.greet",
    queue: "shop",
    state: "waiting",
    runAt: expect.any(String),
    result: { greeting: "hello ada" },
    error: null,
  });
  const { stdout } = await project.taskq("enqueue", "shop.greet", "--args", '{"who":"bob"}', "--wait");
  expect(stdout).toMatch(/^enqueued shop\.greet .*\n\{\n {2}"greeting": "hello bob"\n\}\n$/);
});

test("enqueue --wait ends with 1 where the job failed, and says why", async () => {
  const project = create();
  await project.worker().event("started");

  const { stdout, stderr, code } = await project.taskq("enqueue", "shop.fail", "--wait", "--json");

  expect(code).toBe(1);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toMatchObject({
    created: true,
    result: null,
    error: { code: "JOB_FAILED", message: "shop.fail failed: no paper" },
  });
});

test("a wait that runs out ends with 1 and the id, and the job goes on", async () => {
  const { taskq, json } = create();

  const { stderr, code } = await taskq("enqueue", "shop.greet", "--job-id", "patient", "--wait", "100ms");

  expect(code).toBe(1);
  expect(stderr).toContain("shop.greet id=patient has not ended within 100 ms; it goes on");
  const document = await taskq("enqueue", "shop.greet", "--job-id", "noted", "--wait", "100ms", "--json");
  expect(document.code).toBe(1);
  expect(JSON.parse(document.stdout)).toMatchObject({ id: "noted", result: null, error: { code: "WAIT_TIMEOUT" } });
  expect(await json("job", "show", "patient")).toMatchObject({ state: "waiting" });
});

test("a time to wait that is none is refused before anything is written", async () => {
  const { taskq, json } = create();

  const { stderr, code } = await taskq("enqueue", "shop.greet", "--job-id", "never", "--wait", "soon");

  expect(code).toBe(2);
  expect(stderr).toContain('the time to wait "soon" is no length of time');
  expect(await json("stats")).toEqual([]);
});

test("a Ctrl-C ends the waiting alone, with 130 and the id", async () => {
  const { root, prefix, json } = create();
  const bin = join(import.meta.dirname, "../../dist/bin/taskq.js");
  const child = spawn(process.execPath, [bin, "enqueue", "shop.greet", "--job-id", "left", "--wait", "--quiet"], {
    cwd: root,
    env: { ...process.env, TASKQ_BROKER_URL: redis.url, TASKQ_PREFIX: prefix },
  });
  try {
    const stderr = text(child.stderr);
    const exited = once(child, "close");
    await expect.poll(async () => (await json("stats")).length).toBe(1);
    await expect.poll(async () => (await json("stats"))[0].waiting).toBe(1);

    child.kill("SIGINT");

    expect((await exited)[0]).toBe(130);
    expect(await stderr).toBe("no longer waiting for shop.greet id=left: it goes on\n");
    expect(await json("job", "show", "left")).toMatchObject({ state: "waiting" });
  } finally {
    child.kill("SIGKILL");
  }
});

test("job wait prints how a job has ended that is there already, with 1 where it failed and 4 where there is none", async () => {
  const { taskq, json, worker } = create();
  const { id } = await json("enqueue", "shop.greet", "who=ada");
  const failing = await json("enqueue", "shop.fail");
  const waiting = json("job", "wait", id, "--timeout", "120s");
  await worker().event("started");

  expect(await waiting).toEqual({
    id,
    job: "shop.greet",
    queue: "shop",
    result: { greeting: "hello ada" },
    error: null,
  });
  expect((await taskq("job", "wait", id)).stdout).toBe(
    `completed shop.greet  id=${id} queue=shop\n{\n  "greeting": "hello ada"\n}\n`,
  );
  const failed = await taskq("job", "wait", failing.id, "--timeout", "120s");
  expect([failed.code, failed.stdout]).toEqual([1, expect.stringContaining("shop.fail failed: no paper")]);
  expect(await taskq("job", "wait", "no-such-job")).toMatchObject({ code: 4, stdout: "" });
});

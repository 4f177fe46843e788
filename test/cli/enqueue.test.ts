import { expect, test } from "vitest";
import { createFolder, createProject, taskq } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();

const tasks = `
import { defineJob } from "taskq";
import { z } from "zod";

export const greet = defineJob({
  args: z.object({ who: z.string() }),
  async handler({ who }) { return { greeting: \`hello \${who}\` }; },
});
export const stubborn = defineJob({
  backoff: { type: "fixed", delay: "10ms" },
  async handler(_args, { attempt }) {
    if (attempt < 3) throw new Error(\`attempt \${attempt} failed\`);
    return { attempt };
  },
});
export async function mark() {}
`;
const create = () => createProject({ broker: redis.url, jobs: { "shop/jobs/tasks.js": tasks } });
const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

test("a job that the command line enqueued is run by a worker of its own, and its result is shown", async () => {
  const project = create();
  const receipt = await project.json("enqueue", "shop.greet", "--args", '{"who": "ada"}');
  expect(receipt).toEqual({
    created: true,
    reason: null,
    id: expect.stringMatching(/^[\w.-]+$/),
    job: "shop.greet",
    queue: "shop",
    state: "waiting",
    runAt: iso,
  });
  const worker = project.worker("--name", "first");
  await worker.event("completed", { id: receipt.id, job: "shop.greet", queue: "shop" });

  expect(await project.json("job", "show", receipt.id)).toEqual({
    id: receipt.id,
    job: "shop.greet",
    queue: "shop",
    state: "completed",
    args: { who: "ada" },
    meta: null,
    attempts: { made: 1, max: null },
    interruptions: 0,
    progress: null,
    result: { greeting: "hello ada" },
    error: null,
    cancelled: null,
    enqueuedAt: iso,
    runAt: null,
    startedAt: iso,
    finishedAt: iso,
    durationMs: expect.any(Number),
    worker: "first",
    schedule: null,
    logs: [],
    logCount: 0,
    parent: null,
    children: [],
  });
  worker.signal("SIGTERM");
  expect(await worker.exited).toBe(0);
});

test("a job is shown by its id alone where there is no config", async () => {
  const { prefix, json } = create();
  const { id } = await json("enqueue", "shop.greet", "--args", '{"who": "ada"}');

  const { stdout, code } = await taskq(["job", "show", id, "--json"], {
    cwd: createFolder(),
    broker: redis.url,
    prefix,
  });

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ id, job: "shop.greet", state: "waiting", result: null, worker: null });
});

test("a delayed job waits for its time", async () => {
  const { json } = create();
  const receipt = await json("enqueue", "shop.mark", "--delay", "1h");

  expect(receipt).toMatchObject({ created: true, state: "delayed" });
  expect(Date.parse(receipt.runAt) - Date.now()).toBeGreaterThan(3_500_000);
  expect(await json("job", "show", receipt.id)).toMatchObject({ state: "delayed", runAt: iso });
});

test("jobs run in the order of their priorities, those without one first", async () => {
  const { json, worker } = create();
  const enqueue = async (...options: string[]) => (await json("enqueue", "shop.mark", ...options)).id;
  const last = await enqueue("--priority", "9");
  const second = await enqueue("--priority", "2");
  const first = await enqueue();
  expect(await json("job", "show", second)).toMatchObject({ state: "prioritized" });

  const burst = worker("--burst", "--concurrency", "1");

  expect(await burst.exited).toBe(0);
  expect(burst.events.filter(({ event }) => event === "completed").map(({ id }) => id)).toEqual([first, second, last]);
});

test("a job is tried as often as the call says, and no more", async () => {
  const { json, worker } = create();
  const { id } = await json("enqueue", "shop.stubborn", "--attempts", "3");
  const { id: hopeless } = await json("enqueue", "shop.stubborn", "--attempts", "2");

  expect(await worker("--burst").exited).toBe(1);

  expect(await json("job", "show", id)).toMatchObject({
    state: "completed",
    attempts: { made: 3, max: 3 },
    result: { attempt: 3 },
  });
  expect(await json("job", "show", hopeless)).toMatchObject({
    state: "failed",
    attempts: { made: 2, max: 2 },
    error: { message: "attempt 2 failed", stack: expect.stringContaining("tasks.js") },
  });
});

test("a second job with an id of one's own is not created, and that is no failure", async () => {
  const { json, worker } = create();
  expect(await json("enqueue", "shop.mark", "--job-id", "once")).toMatchObject({ created: true, id: "once" });
  expect(await json("enqueue", "shop.mark", "--job-id", "once")).toMatchObject({ created: false, reason: "exists" });

  expect(await worker("--burst").exited).toBe(0);

  expect(await json("enqueue", "shop.mark", "--job-id", "once")).toMatchObject({ created: false, reason: "finished" });
});

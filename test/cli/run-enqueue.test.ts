import { expect, test } from "vitest";
import { createProject, type ProjectOptions } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();
const project = (options: ProjectOptions) =>
  createProject({
    jobs: {
      "shop/jobs/tasks.js": `
        export async function order(_args, { enqueue }) { return (await enqueue(pack, { n: 1 })).queue; }
        export async function pack() {}
        export async function poll(_args, { reschedule }) { reschedule("5m"); }
      `,
    },
    ...options,
  });

test("what a job enqueues while run runs it is enqueued for real, and said", async () => {
  const shop = project({ broker: redis.url });

  const { stdout, stderr, code } = await shop.taskq("run", "shop.order");

  expect({ stdout, code }).toEqual({ stdout: '"shop"\n', code: 0 });
  const [, id] = /enqueued shop\.pack id=(\S+)/.exec(stderr)!;
  expect(await shop.json("job", "show", id!)).toMatchObject({ job: "shop.pack", state: "waiting", args: { n: 1 } });
});

test("where the broker is away, the handler's enqueue fails and with it the job", async () => {
  const { stdout, stderr, code } = await project({ broker: "redis://127.0.0.1:1" }).taskq("run", "shop.order");

  expect({ stdout, code }).toEqual({ stdout: "", code: 3 });
  expect(stderr).toContain("cannot reach Redis at redis://127.0.0.1:1");
});

test("a job that reschedules itself ran once, which run says", async () => {
  const { stdout, stderr, code } = await project({ broker: "redis://127.0.0.1:1" }).taskq("run", "shop.poll");

  expect({ stdout, code }).toEqual({ stdout: "null\n", code: 0 });
  expect(stderr).toContain("shop.poll asks to run again in 300000 ms: here it ran once");
});

test("aroundJob wraps what run runs", async () => {
  const config = `export default {
    hooks: { aroundJob: async ({ job }, next) => { console.error("before " + job.name); await next(); console.error("after"); } },
  };`;

  const { stderr, code } = await project({ config, broker: redis.url }).taskq("run", "shop.pack");

  expect({ stderr, code }).toEqual({ stderr: "before shop.pack\nafter\n", code: 0 });
});

import { once } from "node:events";
import { expect, test } from "vitest";
import { z } from "zod";
import { enqueueMany } from "../../src/client/enqueue-many.ts";
import type { Receipt } from "../../src/definition/enqueue.ts";
import type { EnqueueCall } from "../../src/definition/hooks.ts";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { testRedis } from "../helpers/redis.ts";
import { setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const greet = defineJob({ args: z.object({ name: z.string() }), handler: async () => {} }) as AnyJob;

test("beforeEnqueue sees the call, and what it returns is enqueued instead", async () => {
  const calls: EnqueueCall[] = [];
  const beforeEnqueue = async (call: EnqueueCall) => {
    calls.push(call);
    return { name: `${(call.args as { name: string }).name}!` };
  };
  await using app = await setup({ url, jobs: { greet }, config: { hooks: { beforeEnqueue } } });

  const { id } = await app.enqueue("greet", { name: "Ann" }, { priority: 3 });

  expect(calls).toEqual([
    { job: "work.greet", queue: "work", args: { name: "Ann" }, meta: {}, options: { priority: 3 } },
  ]);
  expect((await app.show(id)).args).toEqual({ name: "Ann!" });
});

test("args that beforeEnqueue made wrong are refused, and nothing is written", async () => {
  await using app = await setup({
    url,
    jobs: { greet },
    config: { hooks: { beforeEnqueue: () => ({ name: 5 }) } },
  });

  await expect(app.enqueue("greet", { name: "Ann" })).rejects.toMatchObject({ code: "ARGS_INVALID" });
  expect(await app.redis.exists(`${app.prefix}:work:wait`)).toBe(0);
});

test("args that beforeEnqueue changed where they are, and did not return, are checked too", async () => {
  const beforeEnqueue = ({ args }: EnqueueCall) => void Object.assign(args, { name: 5 });
  await using app = await setup({ url, jobs: { greet }, config: { hooks: { beforeEnqueue } } });

  await expect(app.enqueue("greet", { name: "Ann" })).rejects.toMatchObject({ code: "ARGS_INVALID" });
  expect(await app.redis.exists(`${app.prefix}:work:wait`)).toBe(0);
});

test("many rows keep the ids of what the caller gave, whatever beforeEnqueue makes of them", async () => {
  const beforeEnqueue = () => ({ name: "not an id" });
  await using app = await setup({ url, jobs: { greet }, config: { hooks: { beforeEnqueue } } });
  const asked: number[] = [];

  const { receipts } = await enqueueMany(
    async () => app.broker,
    app.config,
    app.catalog.job("work.greet"),
    [{ name: "Ann" }, { name: "Bob" }],
    {
      id({ name }, index) {
        asked.push(index);
        return name.toLowerCase();
      },
    },
  );

  expect(receipts.map(({ id }) => id)).toEqual(["ann", "bob"]);
  expect((await app.show("bob")).args).toEqual({ name: "not an id" });
  expect(asked).toEqual([0, 1]);
});

test("beforeEnqueue refuses by throwing", async () => {
  const beforeEnqueue = () => {
    throw new Error("no quota left");
  };
  await using app = await setup({ url, jobs: { greet }, config: { hooks: { beforeEnqueue } } });

  await expect(app.enqueue("greet", { name: "Ann" })).rejects.toMatchObject({
    code: "HOOK_FAILED",
    message: "the hook beforeEnqueue refused work.greet: no quota left",
  });
  expect(await app.redis.exists(`${app.prefix}:work:wait`)).toBe(0);
});

test("afterEnqueue gets the receipt, and its error does not make the call fail", async () => {
  const receipts: Receipt[] = [];
  const afterEnqueue = (receipt: Receipt) => {
    receipts.push(receipt);
    throw new Error("no audit log");
  };
  await using app = await setup({ url, jobs: { greet }, config: { hooks: { afterEnqueue } } });
  const warned = once(process, "warning");

  const receipt = await app.enqueue("greet", { name: "Ann" });

  expect(receipts).toEqual([receipt]);
  const [warning] = (await warned) as [Error & { code: string }];
  expect(warning).toMatchObject({ code: "HOOK_FAILED", message: expect.stringContaining("no audit log") });
});

test("both run for what a handler enqueues too, and there an error of afterEnqueue is in the worker's log", async () => {
  const seen: string[] = [];
  await using app = await setup({
    url,
    jobs: { greet, parent: async (_args: object, { enqueue }) => enqueue("work.greet", { name: "Ann" }) },
    config: {
      hooks: {
        beforeEnqueue: ({ job }) => void seen.push(`before ${job}`),
        afterEnqueue({ job }) {
          seen.push(`after ${job}`);
          if (job === "work.greet") throw new Error("no audit log");
        },
      },
    },
  });
  await app.start();

  await app.enqueue("parent");

  expect(await app.event("hookFailed")).toMatchObject({
    hook: "afterEnqueue",
    error: expect.stringMatching(/work\.greet \S+: no audit log/),
  });
  await app.event("completed", 2);
  expect(seen).toEqual(["before work.parent", "after work.parent", "before work.greet", "after work.greet"]);
});

test("what beforeEnqueue writes to meta goes along with its job alone, over what the call said", async () => {
  const after: EnqueueCall[] = [];
  let count = 0;
  const hooks = {
    beforeEnqueue(call: EnqueueCall) {
      call.meta.trace = ++count;
    },
    afterEnqueue: (_receipt: Receipt, call: EnqueueCall) => void after.push(call),
  };
  await using app = await setup({ url, jobs: { greet }, config: { hooks } });
  const rows = [{ name: "Ann" }, { name: "Bo" }];
  const config = app.config;

  const { receipts } = await enqueueMany(async () => app.broker, config, app.catalog.job("work.greet"), rows, {
    meta: { tenant: "acme" },
  });

  const metas = await Promise.all(receipts.map(async ({ id }) => (await app.show(id)).meta));
  expect(metas).toEqual([
    { tenant: "acme", trace: 1 },
    { tenant: "acme", trace: 2 },
  ]);
  expect(after.map(({ meta }) => meta)).toEqual(metas);
});

test("meta that beforeEnqueue made too large is refused, and nothing is written", async () => {
  const beforeEnqueue = ({ meta }: EnqueueCall) => {
    meta.text = "x".repeat(20_000);
  };
  await using app = await setup({ url, jobs: { greet }, config: { hooks: { beforeEnqueue } } });

  await expect(app.enqueue("greet", { name: "Ann" })).rejects.toMatchObject({
    code: "ARGS_INVALID",
    message: expect.stringMatching(/^the meta are \d+ bytes of JSON, more than the 16384 allowed$/),
  });
  expect(await app.redis.exists(`${app.prefix}:work:wait`)).toBe(0);
});

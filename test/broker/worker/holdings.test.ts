import { expect, onTestFinished, test } from "vitest";
import { obliterateQueue } from "../../../src/broker/act/obliterate-queue.ts";
import { fromBrokerId } from "../../../src/broker/job-id.ts";
import type { JobContext } from "../../../src/definition/context.ts";
import { defineJob } from "../../../src/definition/job.ts";
import { startRedis, testRedis } from "../../helpers/redis.ts";
import { gate, setup } from "../../helpers/setup.ts";

const redis = await testRedis();

async function blocked() {
  const end = gate();
  const app = await setup({
    url: redis.url,
    jobs: {
      wait: defineJob({
        async handler(_args, { signal }) {
          await Promise.race([end.opened, new Promise((resolve) => signal.addEventListener("abort", resolve))]);
          return signal.aborted;
        },
      }),
      quick: async () => "done",
    },
  });
  const service = await app.start();
  const [runner] = await app.redis.zrange(`${app.prefix}:taskq:runners`, "0", "-1");
  const key = (id: string) => `${app.prefix}:work:t-${id}`;
  return { app, service, end, runner: String(runner), key };
}

test("the value of a job's lock begins with its runner's id, which others read from it", async () => {
  const { app, runner, end, key } = await blocked();
  await using _app = app;
  const { id } = await app.enqueue("wait");
  await app.event("active");

  expect(String(await app.redis.get(`${key(id)}:lock`))).toMatch(new RegExp(`^${runner}:\\d+$`));
  end.open();
});

test("a job that was handed over but never came is given back, uncounted", async () => {
  const { app, runner, key } = await blocked();
  await using _app = app;
  const { id } = await app.enqueue("quick", {}, { delay: "1h" });

  // As if the broker's answer to a fetch had been lost with the connection.
  await app.redis
    .multi()
    .zrem(`${app.prefix}:work:delayed`, `t-${id}`)
    .lpush(`${app.prefix}:work:active`, `t-${id}`)
    .set(`${key(id)}:lock`, `${runner}:7`)
    .exec();

  expect(await app.event("completed")).toMatchObject({ id });
  expect(await app.show(id)).toMatchObject({ state: "completed", interruptions: 0 });
});

test("a run whose next one a full broker refuses to make is given back, and its schedule goes on", async () => {
  const full = await startRedis({ refusals: true });
  onTestFinished(() => full.stop());
  await using app = await setup({
    url: full.url,
    jobs: { tick: async () => {} },
    schedules: { often: { of: "tick", every: "1s" } },
  });
  await app.start();
  await app.event("completed");
  const begun = () => app.seen.flatMap((event) => (event.type === "active" ? [event.id] : []));
  const stuck = async () => {
    const active = await app.redis.lrange(`${app.prefix}:work:active`, 0, -1);
    return active.map(fromBrokerId).find((id) => !begun().includes(id));
  };

  // The script that takes a due run begins with a removal, so it is let through; the one that makes the next is not.
  await app.redis.config("SET", "maxmemory", "1");
  await expect.poll(stuck).toBeDefined();
  const id = await stuck();
  await app.redis.config("SET", "maxmemory", "0");

  await expect.poll(begun).toContain(id);
  expect((await app.next("active")).id).not.toBe(id);
});

test("a job that another worker has taken over is told to its handler, and said", async () => {
  const { app, key } = await blocked();
  await using _app = app;
  const { id } = await app.enqueue("wait");
  await app.event("active");

  await app.redis.set(`${key(id)}:lock`, "somebody-else:1");

  expect(await app.event("lockLost")).toMatchObject({ queue: "work", id });
  expect(app.seen.filter(({ type }) => type === "lockLost")).toHaveLength(1);
  await app.redis.del(`${key(id)}:lock`);
});

test("a job that was handed over just before a worker's end is taken back by another", async () => {
  const { app, service, runner, key } = await blocked();
  await using _app = app;
  const { id } = await app.enqueue("quick", {}, { delay: "1h" });
  await app.redis
    .multi()
    .zrem(`${app.prefix}:work:delayed`, `t-${id}`)
    .lpush(`${app.prefix}:work:active`, `t-${id}`)
    .set(`${key(id)}:lock`, `${runner}:7`)
    .exec();
  service.close("the test says so"); // before it looks itself
  expect(await service.ended).toBe(0);

  await app.start();

  expect(await app.event("completed")).toMatchObject({ id });
});

test.for([
  ["fails", () => Promise.reject(new Error("no"))],
  ["gives itself back", (_args: object, { reschedule }: JobContext) => reschedule("1h")],
] as const)("a job that is removed while it runs leaves no record when it %s: its id is free", async ([, end]) => {
  const removed = gate();
  let runs = 0;
  await using app = await setup({
    url: redis.url,
    jobs: {
      any: defineJob({
        async handler(args, context) {
          if (++runs > 1) return;
          await removed.opened;
          await end(args, context);
        },
      }),
    },
  });
  const service = await app.start();
  await app.enqueue("any", {}, { id: "invoice-42" });
  await app.event("active");

  await obliterateQueue(app.broker, "work", { force: true });
  removed.open();
  service.close("the test says so");
  await service.ended;
  expect(await app.redis.exists(`${app.prefix}:work:t-invoice-42`)).toBe(0);

  await app.start();
  expect(await app.enqueue("any", {}, { id: "invoice-42" })).toMatchObject({ created: true });
  expect(await app.event("completed")).toMatchObject({ id: "invoice-42" });
});

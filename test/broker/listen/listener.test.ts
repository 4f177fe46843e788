import { expect, test } from "vitest";
import { toBrokerId } from "../../../src/broker/job-id.ts";
import { createListener } from "../../../src/broker/listen/listener.ts";
import { testRedis } from "../../helpers/redis.ts";
import { type App, setup } from "../../helpers/setup.ts";

const { url } = await testRedis();

test("an end that came before anyone asked for it is known, though nothing of the job is kept", async () => {
  const jobs = { work: async ({ n }: { n: number }) => n };
  await using app = await setup({ url, jobs, config: { keepCompleted: { count: 0 } } });
  await app.start();
  const listener = createListener(app.broker);
  const first = await listener.watch("work");
  const { id } = await app.enqueue("work", { n: 1 });
  await app.event("completed");
  const second = await listener.watch("work");
  const { id: next } = await app.enqueue("work", { n: 2 });
  expect(await second.end(toBrokerId(next))).toEqual({ state: "completed", result: 2 }); // the first end was before it

  expect(await first.end(toBrokerId(id))).toEqual({ state: "completed", result: 1 });

  await listener.close();
});

test("a watch of a queue that began while another queue was read is told as promptly", async () => {
  await using app = await setup({ url, jobs: { work: async () => 1 } });
  await app.start();
  const listener = createListener(app.broker);
  await listener.watch("idle"); // whose reading blocks for seconds
  const watch = await listener.watch("work");
  const startMs = performance.now();
  const { id } = await app.enqueue("work");

  await watch.end(toBrokerId(id));

  expect(performance.now() - startMs).toBeLessThan(4_000); // the reading blocks for five seconds
  await listener.close();
});

test("of a job that failed the record is read once, however many wait for other jobs of its queue", async () => {
  const fail = async () => {
    throw new Error("no paper");
  };
  await using app = await setup({ url, jobs: { fail } });
  await app.start();
  const listener = createListener(app.broker);
  const watch = await listener.watch("work");
  const others = await Promise.all(Array.from({ length: 100 }, () => listener.watch("work")));
  for (const [index, other] of others.entries()) void other.end(`t-other${index}`);
  const before = await readsOf(app);
  const { id } = await app.enqueue("fail");

  expect(await watch.end(toBrokerId(id))).toMatchObject({ state: "failed", reason: "no paper" });

  expect((await readsOf(app)) - before).toBeLessThan(50);
  await listener.close();
});

async function readsOf({ redis }: App): Promise<number> {
  return Number(/cmdstat_hmget:calls=(\d+)/.exec(await redis.info("commandstats"))?.[1] ?? 0);
}

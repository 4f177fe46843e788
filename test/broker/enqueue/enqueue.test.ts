import { expect, test } from "vitest";
import { type AnyJob, defineJob } from "../../../src/definition/job.ts";
import { testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();
const jobs = { greet: async () => {} };

test("what is stored is the bare args, and in the options nothing that was not said", async () => {
  await using app = await setup({ url, jobs });

  const { id } = await app.enqueue("greet", { name: "Ada" });

  const [data, opts] = await app.redis.hmget(`${app.prefix}:work:t-${id}`, "data", "opts");
  expect(data).toBe('{"name":"Ada"}');
  expect(JSON.parse(opts!)).not.toHaveProperty("backoff");
  expect(JSON.parse(opts!).attempts ?? 0).toBe(0);
});

test("what the call said is stored", async () => {
  await using app = await setup({ url, jobs });

  const { id } = await app.enqueue("greet", {}, { attempts: 3, priority: 7, timeout: "2m" });

  const opts = JSON.parse((await app.redis.hget(`${app.prefix}:work:t-${id}`, "opts"))!);
  expect(opts).toMatchObject({ attempts: 3, priority: 7, taskq: { timeoutMs: 120_000 } });
});

test("ids are made by us and told apart", async () => {
  await using app = await setup({ url, jobs });

  const receipts = await Promise.all([app.enqueue("greet"), app.enqueue("greet")]);

  for (const { id } of receipts) expect(id).toMatch(/^[0-9a-z]{16}$/);
  expect(new Set(receipts.map(({ id }) => id)).size).toBe(2);
});

test("a given id is created once; then it exists, then it has finished", async () => {
  await using app = await setup({ url, jobs });

  expect(await app.enqueue("greet", {}, { id: "mine" })).toMatchObject({ created: true, reason: null, id: "mine" });
  expect(await app.enqueue("greet", {}, { id: "mine" })).toMatchObject({ created: false, reason: "exists" });
  await app.start();
  await app.event("completed");
  expect(await app.enqueue("greet", {}, { id: "mine" })).toMatchObject({ created: false, reason: "finished" });
});

test("a record that is no job is in the place of a job with its id, and said so", async () => {
  await using app = await setup({ url, jobs });
  await app.redis.hset(`${app.prefix}:work:t-broken`, "taskq:attempts", 1);

  expect(await app.enqueue("greet", {}, { id: "broken" })).toMatchObject({ created: false, reason: "exists" });
});

test("of many calls with one id at once just one creates it", async () => {
  await using app = await setup({ url, jobs });

  const receipts = await Promise.all(Array.from({ length: 20 }, () => app.enqueue("greet", {}, { id: "same" })));

  expect(receipts.filter(({ created }) => created)).toHaveLength(1);
});

test("ids that are names of BullMQ's own keys are harmless", async () => {
  await using app = await setup({ url, jobs });
  const ids = ["wait", "active", "meta", "events", "id", "delayed"];

  for (const id of ids) expect(await app.enqueue("greet", {}, { id })).toMatchObject({ created: true });
  await app.start();
  await app.event("completed", ids.length);
  expect(await app.show("meta")).toMatchObject({ id: "meta", state: "completed" });
});

test("a delayed job waits for its time", async () => {
  await using app = await setup({ url, jobs });

  const receipt = await app.enqueue("greet", {}, { delay: "1h" });

  expect(receipt.state).toBe("delayed");
  expect(Date.parse(receipt.runAt) - Date.now()).toBeGreaterThan(3_590_000);
  expect(await app.show(receipt.id)).toMatchObject({ state: "delayed", runAt: expect.any(String) });
});

test("a job for a given time is due at that very time, however long the call takes", async () => {
  await using app = await setup({ url, jobs });
  const at = new Date(Date.now() + 3_600_000);

  const receipt = await app.enqueue("greet", {}, { at });

  expect(receipt).toMatchObject({ state: "delayed", runAt: at.toISOString() });
  expect(await app.show(receipt.id)).toMatchObject({ state: "delayed", runAt: at.toISOString() });
});

test("a lower priority runs first, none before all", async () => {
  await using app = await setup({ url, jobs, config: { concurrency: 1 } });
  const last = await app.enqueue("greet", {}, { priority: 9 });
  const second = await app.enqueue("greet", {}, { priority: 1 });
  const first = await app.enqueue("greet");

  await app.start();
  await app.event("completed", 3);

  const order = app.seen.flatMap((event) => (event.type === "completed" ? [event.id] : []));
  expect(order).toEqual([first.id, second.id, last.id]);
});

test("what neither the call nor the job says, its queue does, and for that the defaults", async () => {
  await using app = await setup({
    url,
    jobs: { greet: async () => {}, urgent: defineJob({ priority: 1, handler: () => {} }) as AnyJob },
    config: { defaults: { delay: "1h", priority: 9 }, queues: { work: { priority: 5, maxArgsSize: 20 } } },
  });
  const optionsOf = async (id: string) => JSON.parse((await app.redis.hget(`${app.prefix}:work:t-${id}`, "opts"))!);

  const { id, state } = await app.enqueue("greet");
  const urgent = await app.enqueue("urgent", {}, { delay: 0 });

  expect(state).toBe("delayed");
  expect(await optionsOf(id)).toMatchObject({ priority: 5, delay: 3_600_000 });
  expect(await optionsOf(urgent.id)).toMatchObject({ priority: 1 });
  await expect(app.enqueue("greet", { text: "a text too long" })).rejects.toMatchObject({
    code: "ARGS_INVALID",
    message: "the args are 26 bytes of JSON, more than the 20 allowed",
  });
});

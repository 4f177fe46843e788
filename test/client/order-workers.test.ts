import { expect, test } from "vitest";
import { orderWorkers } from "../../src/client/order-workers.ts";
import { selectWorkers } from "../../src/client/select-workers.ts";
import { listWorkers } from "../../src/inspect/workers.ts";
import { startRedis, testRedis } from "../helpers/redis.ts";
import { gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const by = "ada@laptop";

test("workers are found by name and pattern; one that nobody is called is an error with a hint", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  for (const name of ["web-1", "web-2", "mail"]) await app.start({ name });
  const names = async (patterns: string[], all?: boolean) =>
    (await selectWorkers(app.broker, patterns, all)).map(({ name }) => name);

  expect(await names(["web-*"])).toEqual(["web-1", "web-2"]);
  expect(await names(["mail", "*-2"])).toEqual(["web-2", "mail"]);
  expect(await names([], true)).toEqual(["web-1", "web-2", "mail"]);
  await expect(names(["mial", "web-1"])).rejects.toMatchObject({
    code: "WORKER_NOT_FOUND",
    message: 'no live worker is named "mial"',
    hint: "Did you mean mail?",
  });
  await expect(names(["db*"])).rejects.toMatchObject({
    code: "WORKER_NOT_FOUND",
    hint: "The live workers are web-1, web-2, mail.",
  });
  await expect(names([])).rejects.toMatchObject({ code: "USAGE", message: "no worker is named" });
  await expect(names(["mail"], true)).rejects.toMatchObject({ code: "USAGE" });
});

test("a worker that is told to be quiet takes nothing, finishes what it runs, and takes jobs again when told so", async () => {
  const { opened, open } = gate();
  await using app = await setup({
    url,
    jobs: { long: () => opened, short: async () => {} },
    config: { concurrency: 1 },
  });
  await app.enqueue("long");
  await app.start({ name: "web" });
  await app.event("active");
  const order = async (type: "quiet" | "resume") =>
    orderWorkers(app.broker, await selectWorkers(app.broker, ["web"]), { type, by });

  expect(await order("quiet")).toEqual([
    { name: "web", host: expect.any(String), pid: process.pid, order: "quiet", outcome: "quiet", poolPid: null },
  ]);
  expect(app.seen).toContainEqual({ type: "ordered", order: "quiet", by });
  await app.enqueue("short");
  open();
  await app.event("completed");
  await expect.poll(() => listWorkers(app.broker, [])).toMatchObject([{ state: "quiet", active: [] }]);
  expect(app.seen.filter(({ type }) => type === "active")).toHaveLength(1);

  expect(await order("resume")).toMatchObject([{ outcome: "running" }]);
  await app.event("completed", 2);
});

test("stop closes in good order, and a process that starts later is not concerned", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const first = await app.start({ name: "web" });
  const workers = await selectWorkers(app.broker, ["web"]);

  expect(await orderWorkers(app.broker, workers, { type: "stop", by })).toMatchObject([{ outcome: "closing" }]);
  expect(await first.ended).toBe(0);
  expect(await app.event("closing")).toMatchObject({ reason: "`taskq worker stop` by ada@laptop" });
  expect(await app.redis.keys(`${app.prefix}:taskq:order:*`)).toEqual([]);

  await app.start({ name: "web" });
  await app.enqueue("any");
  await app.event("completed");
});

test("each of many workers is asked by itself, and one that does not answer is said to be requested", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  for (const name of ["a", "b", "c"]) await app.start({ name });
  const [a, b, c] = await selectWorkers(app.broker, [], true);
  const silent = { ...b!, id: "gone-1-00000000", name: "gone" };

  const receipts = await orderWorkers(app.broker, [a!, silent, c!], { type: "quiet", by, patienceMs: 1_000 });

  expect(receipts.map(({ name, outcome }) => [name, outcome])).toEqual([
    ["a", "quiet"],
    ["gone", "requested"],
    ["c", "quiet"],
  ]);
  expect((await listWorkers(app.broker, [])).map(({ state }) => state)).toEqual(["quiet", "running", "quiet"]);
});

test("an order that was given while a worker was cut off is carried out when it is back, once, and outlives the next break", async () => {
  const redis = await startRedis();
  try {
    await using app = await setup({ url: redis.url, jobs: { any: async () => {} } });
    await app.start({ name: "web" });
    const [web] = await selectWorkers(app.broker, ["web"]);
    const cut = () => app.redis.call("CLIENT", "KILL", "TYPE", "pubsub");
    // As one that was published to nobody.
    const order = { type: "quiet", by, replyTo: "nobody", request: "r-1" };
    await app.redis.set(`${app.prefix}:taskq:order:${web!.id}`, JSON.stringify(order));

    await cut();
    await app.event("quiet");
    await orderWorkers(app.broker, [web!], { type: "resume", by });
    await app.event("resumed");
    const quietAgain = await orderWorkers(app.broker, [web!], { type: "quiet", by });
    expect(quietAgain).toMatchObject([{ outcome: "quiet" }]);

    await cut();
    await expect.poll(() => app.redis.call("PUBSUB", "NUMSUB", `${app.prefix}:taskq:messages`)).toContain(1);
    await app.enqueue("any");
    expect(await orderWorkers(app.broker, [web!], { type: "quiet", by })).toMatchObject([{ outcome: "quiet" }]);
    expect(app.seen.filter(({ type }) => type === "active" || type === "resumed")).toHaveLength(1);
  } finally {
    await redis.stop();
  }
});

import { expect, test } from "vitest";
import { testRedis } from "../helpers/redis.ts";
import { createApp } from "./app.ts";

const { url } = await testRedis();
const rows = (...delays: number[]) => delays.map((ms, n) => ({ ms, n }));

test("results come in the order of the rows, whatever the order of their ends", async () => {
  await using app = await createApp(url);
  await app.start();

  expect(await app.client.map("work.later", rows(300, 5, 100, 1), { concurrency: 3 })).toEqual([0, 1, 2, 3]);
  expect(await app.client.map("work.later", [])).toEqual([]);
});

test("no more jobs than the concurrency are on the queue at once", async () => {
  await using app = await createApp(url);
  const all = app.client.map("work.later", rows(1, 1, 1, 1, 1), { concurrency: 2 });
  await expect.poll(() => app.client.count()).toBe(2);
  expect(await app.client.count()).toBe(2);
  await app.start();

  expect(await all).toHaveLength(5);
});

test("a timeout of weeks does not ring at once", async () => {
  await using app = await createApp(url);
  await app.start();

  expect(await app.client.map("work.later", rows(50, 1), { timeout: "30d" })).toEqual([0, 1]);
});

test("the first failure cancels what is left and is thrown", async () => {
  await using app = await createApp(url, "concurrency: 2");
  await app.start();
  const long = Array.from({ length: 5 }, (_none, n) => ({ ms: 60_000, n }));

  await expect(app.client.map("work.later", [{ ms: "never", n: 0 }, ...long])).rejects.toMatchObject({
    code: "JOB_FAILED",
  });

  await expect.poll(() => app.client.count({ state: "failed" })).toBe(6);
  const reasons = [];
  for await (const { cancelled } of app.client.jobs({ state: "failed" })) reasons.push(cancelled?.reason);
  expect(reasons.filter((reason) => reason === "another job of its map failed")).toHaveLength(5);
});

test("with collect each row has its own outcome", async () => {
  await using app = await createApp(url);
  await app.start();

  const outcomes = await app.client.map(
    "work.later",
    [
      { ms: 1, n: 1 },
      { ms: "never", n: 2 },
      { ms: 1, n: 3n },
    ],
    {
      onError: "collect",
    },
  );

  expect(outcomes).toMatchObject([
    { id: expect.any(String), result: 1, error: null },
    { id: expect.any(String), result: null, error: { code: "JOB_FAILED" } },
    { id: null, result: null, error: { code: "ARGS_INVALID" } },
  ]);
});

test("when the time of all is over, what is left is cancelled", async () => {
  await using app = await createApp(url);
  await app.start();
  const options = { timeout: "1s", concurrency: 2 };

  await expect(app.client.map("work.later", rows(60_000, 60_000, 1), options)).rejects.toMatchObject({
    code: "WAIT_TIMEOUT",
  });
  await expect.poll(() => app.client.count({ state: "failed" })).toBe(2);

  expect(
    await app.client.map("work.later", rows(1, 60_000, 60_000, 1), { ...options, onError: "collect" }),
  ).toMatchObject([
    { result: 0 },
    { error: { code: "WAIT_TIMEOUT" } },
    { error: { code: "WAIT_TIMEOUT" } },
    { id: null, error: {} },
  ]);
});

test.each([
  ["a text", "abc", 'not "abc" (string)'],
  ["nothing", undefined, "not undefined"],
  ["one row", { ms: 1 }, "not an object"],
  ["a file's rows as they come", (async function* () {})(), "not an async iterable"],
])("%s is no rows, and what they may be is said", async (_what, given, shown) => {
  await using app = await createApp(url);
  const rows = given as unknown as [];

  await expect(app.client.map("work.later", rows)).rejects.toMatchObject({
    code: "USAGE",
    message: `rows must be an iterable such as an array, ${shown}`,
    hint: expect.stringContaining("array"),
  });
  if (shown === "not an async iterable") {
    expect(await app.client.enqueueMany("work.later", rows)).toMatchObject({ enqueued: 0 });
  } else {
    await expect(app.client.enqueueMany("work.later", rows)).rejects.toMatchObject({
      code: "USAGE",
      message: `rows must be an iterable or async iterable such as an array, ${shown}`,
    });
  }
  expect(await app.client.count()).toBe(0);
});

test("rows that cannot be read end the map, and options that make no sense are refused", async () => {
  await using app = await createApp(url);
  function* broken() {
    yield { ms: 60_000, n: 1 };
    throw new Error("the file ended too soon");
  }

  await expect(app.client.map("work.later", broken())).rejects.toThrow("the file ended too soon");
  expect(await app.client.count({ state: "waiting" })).toBe(0);
  await expect(app.client.map("work.later", [], { concurrency: 0 })).rejects.toMatchObject({ code: "USAGE" });
  await expect(app.client.map("work.later", [], { timeout: "soon" })).rejects.toMatchObject({ code: "USAGE" });
  await expect(app.client.map("work.later", [], { onError: "ignore" as "throw" })).rejects.toMatchObject({
    code: "USAGE",
  });
});

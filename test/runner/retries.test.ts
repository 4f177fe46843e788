import { expect, test } from "vitest";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { testRedis } from "../helpers/redis.ts";
import { setup } from "../helpers/setup.ts";

const { url } = await testRedis();

test("a backoff function decides by the error how long the next attempt waits", async () => {
  const told: unknown[] = [];
  const fetchPage = defineJob({
    attempts: 3,
    backoff(made, error) {
      told.push([made, error.message]);
      return error.message === "too many requests" ? 150 : 0;
    },
    handler: (_args, { attempt }) => Promise.reject(new Error(attempt === 1 ? "too many requests" : "gone")),
  });
  await using app = await setup({ url, jobs: { fetchPage: fetchPage as AnyJob } });
  await app.start();

  await app.enqueue("fetchPage");
  await app.event("failed", 3);

  const failed = app.seen.filter((event) => event.type === "failed");
  expect(failed.map(({ retryInMs, final }) => [retryInMs, final])).toEqual([
    [150, false],
    [0, false],
    [0, true],
  ]);
  expect(told).toEqual([
    [1, "too many requests"],
    [2, "gone"],
  ]);
});

test("a backoff function that throws is told of, and the job is tried again all the same", async () => {
  const broken = defineJob({
    attempts: 2,
    backoff: () => {
      throw new Error("no such table");
    },
    handler: () => Promise.reject(new Error("down")),
  });
  await using app = await setup({ url, jobs: { broken: broken as AnyJob } });
  await app.start();

  const { id } = await app.enqueue("broken");

  expect(await app.event("failed", 2)).toMatchObject({ id, attempt: 2, final: true, error: "down" });
  expect(await app.event("warning")).toMatchObject({
    message: expect.stringMatching(
      /^the backoff of work.broken threw: no such table .*its next attempt does not wait$/,
    ),
  });
});

test("the settings of the queue that a call names hold there, not those of the job's own", async () => {
  await using app = await setup({
    url,
    jobs: {
      fail: () => Promise.reject(new Error("no")),
      other: defineJob({ queue: "bulk", handler: () => {} }) as AnyJob,
    },
    config: { queues: { work: { attempts: 1 }, bulk: { attempts: 2 } } },
  });
  await app.start();

  await app.enqueue("fail", {}, { queue: "bulk" });
  await app.enqueue("fail");
  await app.event("failed", 3);

  const failed = app.seen.filter((event) => event.type === "failed");
  expect(failed.map(({ queue, attempts }) => [queue, attempts]).sort()).toEqual([
    ["bulk", 2],
    ["bulk", 2],
    ["work", 1],
  ]);
});

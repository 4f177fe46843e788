import { expect, test } from "vitest";
import type { CompletedJob } from "../../../src/definition/hooks.ts";
import { type AnyJob, defineJob } from "../../../src/definition/job.ts";
import { loseReply } from "../../helpers/lossy-broker.ts";
import { testRedis } from "../../helpers/redis.ts";
import { gate, setup } from "../../helpers/setup.ts";

const redis = await testRedis();
const word = "heard-by-nobody";

const fail = (attempts: number) =>
  defineJob({
    attempts,
    backoff: { type: "fixed", delay: "1h" },
    handler: () => Promise.reject(new Error(word)),
  }) as AnyJob;

test("a final failure whose reply was lost is told as final", async () => {
  await using broker = await loseReply(redis.url, word);
  await using app = await setup({ url: broker.url, jobs: { fail: fail(1) } });
  await app.start();

  const { id } = await app.enqueue("fail");

  expect(await app.event("failed")).toMatchObject({ id, attempt: 1, final: true, error: word });
  expect((await app.show(id)).state).toBe("failed");
});

test("a failure whose reply was lost is told with the wait before the next attempt", async () => {
  await using broker = await loseReply(redis.url, word);
  await using app = await setup({ url: broker.url, jobs: { fail: fail(2) } });
  await app.start();

  const { id } = await app.enqueue("fail");

  expect(await app.event("failed")).toMatchObject({ id, attempt: 1, final: false, retryInMs: 3_600_000 });
  expect((await app.show(id)).state).toBe("delayed");
});

test("a completion whose reply was lost is told with its attempt and its result", async () => {
  await using broker = await loseReply(redis.url, word);
  const told = gate();
  const seen: CompletedJob[] = [];
  const onCompleted = (job: CompletedJob) => {
    seen.push(job);
    told.open();
  };
  await using app = await setup({
    url: broker.url,
    jobs: { give: async () => word },
    config: { hooks: { onCompleted } },
  });
  await app.start();

  const { id } = await app.enqueue("give");
  await told.opened;

  expect(seen).toMatchObject([{ id, attempts: 1, result: word }]);
});

import { Queue, Worker } from "bullmq";
import { describe, expect, onTestFinished, test } from "vitest";
import { startRedis, testPrefix, testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const redis = await testRedis();
const jobs = { known: async () => {} };

interface Place {
  readonly prefix: string;
  readonly queue?: string;
  readonly name?: string;
  readonly database?: number;
}

/** A worker of another program, connected. */
async function startRawWorker({ prefix, queue = "work", name, database = 0 }: Place): Promise<void> {
  const connection = { url: `${redis.adminUrl}/${database}` };
  const worker = new Worker(queue, async () => {}, { connection, prefix, ...(name !== undefined && { name }) });
  onTestFinished(() => worker.close());
  await worker.waitUntilReady();
}

function openRawQueue(prefix: string): Queue {
  const queue = new Queue("work", { connection: { url: redis.adminUrl }, prefix });
  onTestFinished(() => queue.close());
  return queue;
}

describe("a queue is refused", () => {
  test.each([
    [
      "a worker without a name",
      [undefined],
      /^the queue work has a live worker that is not taskq's, from 127\.0\.0\.1:\d+$/,
    ],
    ["two named workers", ["one", "two"], /^the queue work has 2 live workers that are not taskq's, one from 127/],
  ])("that has %s of another program", async (_what, names, message) => {
    await using app = await setup({ url: redis.url, jobs });
    for (const name of names) await startRawWorker({ prefix: app.prefix, ...(name !== undefined && { name }) });

    await expect(app.start()).rejects.toMatchObject({
      code: "QUEUE_FOREIGN",
      message: expect.stringMatching(message),
      hint: "Use another queue or prefix, or share it with `--share-queue work`.",
    });
    expect(app.seen).toEqual([]);
    await app.start({ shareQueues: ["wo*"] });
  });

  test.each([
    ["that waits", {}, false],
    ["that waits while the queue is paused", {}, true],
    ["of a priority", { priority: 3 }, false],
  ])("whose only job is of another program: one %s", async (_what, options, paused) => {
    await using app = await setup({ url: redis.url, jobs });
    const queue = openRawQueue(app.prefix);
    if (paused) await queue.pause();
    await queue.add("legacy\u001b[2J", {}, options);

    await expect(app.start()).rejects.toMatchObject({
      code: "QUEUE_FOREIGN",
      message: 'the queue work holds only jobs that are not of this project, such as "legacy\\u001b[2J"',
    });
    await app.start({ shareQueues: ["work"] });
  });

  test("with a sentence for each", async () => {
    const prefix = testPrefix();
    await startRawWorker({ prefix, queue: "mail" });
    await startRawWorker({ prefix, queue: "two words" });
    await using app = await setup({ url: redis.url, prefix, jobs });

    const error = await app.start({ queues: ["mail", "two words", "work"] }).catch((error: unknown) => error);

    expect(error).toMatchObject({ hint: expect.stringContaining("`--share-queue mail 'two words'`") });
    expect((error as Error).message.split("\n  ").map((line) => line.replace(/, from.*/, ""))).toEqual([
      "the queue mail has a live worker that is not taskq's",
      "the queue two words has a live worker that is not taskq's",
    ]);
  });
});

describe("a queue is taken", () => {
  test("that is empty, beside another worker of taskq, with whatever name", async () => {
    const prefix = testPrefix();
    await using first = await setup({ url: redis.url, prefix, jobs });
    await first.start({ name: "one" });
    await using second = await setup({ url: redis.url, prefix, jobs });

    await second.start({ name: "two" });
  });

  test("whose job is not known to this release, but was enqueued by taskq", async () => {
    const prefix = testPrefix();
    await using newer = await setup({ url: redis.url, prefix, jobs: { renamed: async () => {} } });
    await newer.enqueue("renamed");
    await using app = await setup({ url: redis.url, prefix, jobs });

    await app.start();
  });

  test("whose job a schedule of another release made", async () => {
    const prefix = testPrefix();
    const schedules = { often: { of: "renamed", every: "1s" as const } };
    await using newer = await setup({ url: redis.url, prefix, jobs: { renamed: async () => {} }, schedules });
    const service = await newer.start();
    service.close("the test goes on");
    await service.ended;
    // What a worker does at the tick: the delayed job waits.
    const queue = openRawQueue(prefix);
    const [delayed] = await queue.getDelayed();
    await delayed!.promote();
    await using app = await setup({ url: redis.url, prefix, jobs });

    expect(await queue.getWaitingCount()).toBe(1);
    await app.start();
  });

  test("where a known job stands among unknown ones of a raw producer", async () => {
    await using app = await setup({ url: redis.url, jobs });
    const queue = openRawQueue(app.prefix);
    await queue.addBulk([...Array(50)].map(() => ({ name: "legacy", data: {} })));
    await queue.add("work.known", {});

    await app.start();
  });

  test("where the others are on another queue, under another prefix or in another database", async () => {
    await using app = await setup({ url: redis.url, jobs });
    await startRawWorker({ prefix: app.prefix, queue: "elsewhere" });
    await startRawWorker({ prefix: testPrefix() });
    await startRawWorker({ prefix: app.prefix, database: 1 });

    await app.start();
  });
});

test("a user who may not list clients gets a warning, and the jobs are looked at all the same", async () => {
  const limited = await startRedis({ refusals: true });
  onTestFinished(limited.stop);
  await using app = await setup({ url: limited.url, jobs });
  await app.redis.call("ACL", "SETUSER", "taskq", "-client|list");

  await app.start();

  expect(app.seen[0]).toEqual({
    type: "warning",
    message: "the broker does not let this user list its clients: workers of others on these queues are not seen",
  });
});

test("a job shows its worker's name without the mark that tells taskq's workers from others", async () => {
  await using app = await setup({ url: redis.url, jobs });
  await app.start({ name: "one" });
  const { id } = await app.enqueue("known");
  await app.event("completed");

  expect(await app.show(id)).toMatchObject({ worker: "one" });
});

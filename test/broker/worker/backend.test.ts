import { createRedisBackend, Job, Queue } from "bullmq";
import { Redis } from "ioredis";
import { expect, onTestFinished, test, vi } from "vitest";
import { createBackend } from "../../../src/broker/worker/backend.ts";
import { testPrefix, testRedis } from "../../helpers/redis.ts";
import { gate, setup } from "../../helpers/setup.ts";

const redis = await testRedis();

async function openBackends() {
  const connection = new Redis(redis.adminUrl, { maxRetriesPerRequest: null });
  const options = { connection, prefix: testPrefix(), name: "worker", removeOnComplete: { count: 3 } };
  const ours = createBackend(connection)("work", options);
  const bullmqs = createRedisBackend("work", options);
  const queue = new Queue("work", options);
  onTestFinished(async () => {
    await Promise.all([ours.close(), bullmqs.close(), queue.close()]);
    connection.disconnect();
  });
  await Promise.all([ours.waitUntilReady(), bullmqs.waitUntilReady()]);
  return { ours, bullmqs, queue };
}

test("what is sent for a job that completes is what BullMQ would send", async () => {
  const { ours, bullmqs, queue } = await openBackends();
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const results = ['"fine"', undefined, "0", '{"a":1}', '"ä"'];

  for (let round = 0; round < 60; round++) {
    const job = new Job(queue, "job", {}, { attempts: round % 3 }, `id-${round}`);
    if (round % 7 === 3) job.parent = { id: "1", queueKey: "bull:other" };
    const remove = ([undefined, true, { count: 2 }, 5] as const)[round % 4];
    const args = [job, results[round % 5], remove as never, `token:${round % 2}`, round % 11 < 8] as const;
    vi.setSystemTime(1_700_000_000_000 + round);

    expect(ours.moveToCompletedArgs(...args)).toEqual(bullmqs.moveToCompletedArgs(...args));
  }
});

test("the options of jobs that share a token are packed once", async () => {
  const { ours, queue } = await openBackends();
  const packedOf = (id: string, token: string, attempts: number) => {
    const job = new Job(queue, "job", {}, { attempts }, id);
    return ours.moveToCompletedArgs(job, '"fine"', undefined as never, token, true).find(Buffer.isBuffer);
  };

  const first = packedOf("1", "token:1", 3);
  expect(packedOf("2", "token:1", 3)).toBe(first);
  expect(packedOf("3", "token:2", 3)).not.toBe(first);
  expect(packedOf("4", "token:1", 5)).not.toBe(first);
});

test("a server that has forgotten the scripts gets them again", async () => {
  const begun = gate();
  const forgotten = gate();
  const jobs = {
    async first() {},
    async second() {
      begun.open();
      await forgotten.opened;
      return "ä😀";
    },
  };
  await using app = await setup({ url: redis.url, jobs });
  await app.start();
  await app.enqueue("first");
  await app.event("completed");
  const admin = new Redis(redis.adminUrl);
  onTestFinished(() => void admin.disconnect());

  const { id } = await app.enqueue("second");
  await begun.opened;
  await admin.script("FLUSH");
  forgotten.open();

  await expect.poll(async () => app.show(id)).toMatchObject({ state: "completed", result: "ä😀" });
  expect(await admin.info("errorstats")).toContain("errorstat_NOSCRIPT");
});

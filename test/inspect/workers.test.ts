import { hostname } from "node:os";
import { expect, test } from "vitest";
import { showJob } from "../../src/inspect/job.ts";
import { listJobHeads } from "../../src/inspect/job-heads.ts";
import { listWorkers } from "../../src/inspect/workers.ts";
import { testRedis } from "../helpers/redis.ts";
import { gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();

test("a live worker tells who it is and what it takes", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} }, config: { concurrency: 3 } });
  await app.start({ name: "one" });

  expect(await listWorkers(app.broker, [])).toMatchObject([
    {
      name: "one",
      host: hostname(),
      pid: process.pid,
      app: "test",
      release: expect.stringMatching(/^[0-9a-f]{8}$/),
      queues: [{ queue: "work", concurrency: 3 }],
      state: "running",
      active: [],
      startedAt: expect.stringMatching(/Z$/),
    },
  ]);
});

test("workers are listed by age, and one that has closed is gone at once", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const first = await app.start({ name: "first" });
  await app.start({ name: "second" });

  expect((await listWorkers(app.broker, [])).map(({ name }) => name)).toEqual(["first", "second"]);
  first.close("a test");
  await first.ended;
  expect((await listWorkers(app.broker, [])).map(({ name }) => name)).toEqual(["second"]);
});

test("a process of other jobs has another release, one of the same has the same", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await using other = await setup({ url, prefix: app.prefix, jobs: { other: async () => {} } });
  await app.start();
  await app.start();
  await other.start();

  const [first, second, third] = await listWorkers(app.broker, []);

  expect(second!.release).toBe(first!.release);
  expect(third!.release).not.toBe(first!.release);
});

test("what redact hides is neither in the progress of a worker's job, nor in that of a list or of one job", async () => {
  const release = gate();
  const slow = async (_args: object, { progress }: { progress: (value: object) => Promise<void> }) => {
    await progress({ page: 3, token: "s3cret" });
    await release.opened;
  };
  await using app = await setup({ url, jobs: { slow: slow as never } });
  await app.start();
  const { id } = await app.enqueue("slow");
  const hidden = { page: 3, token: "[redacted]" };
  const redact = ["token"];

  const active = async () => (await listWorkers(app.broker, redact))[0]!.active;
  await expect.poll(active).toMatchObject([{ id, progress: hidden }]);
  expect(await listJobHeads(app.broker, ["work"], "active", 5, redact)).toMatchObject([{ id, progress: hidden }]);
  expect(await showJob(app.broker, id, undefined, redact)).toMatchObject({ progress: hidden });
  release.open();
});

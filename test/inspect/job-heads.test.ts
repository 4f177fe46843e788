import { expect, test } from "vitest";
import type { JobState } from "../../src/broker/look/job-state.ts";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { listJobHeads } from "../../src/inspect/job-heads.ts";
import { testRedis } from "../helpers/redis.ts";
import { type App, gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const heads = (app: App, state: JobState, most = 50) => listJobHeads(app.broker, ["work", "other"], state, most, []);
const ids = async (app: App, state: JobState, most?: number) => (await heads(app, state, most)).map(({ id }) => id);

test("the first jobs of a state in all queues together: those to run next, in their order", async () => {
  const other = defineJob({ queue: "other", handler: async () => {} }) as AnyJob;
  await using app = await setup({ url, jobs: { any: async () => {}, other } });
  const waiting: string[] = [];
  for (let n = 0; n < 3; n++) waiting.push((await app.enqueue("any", { n })).id);
  const late = await app.enqueue("any", {}, { delay: "2h" });
  const soon = await app.enqueue("other", {}, { delay: "1h" });

  expect(await ids(app, "waiting")).toEqual(waiting);
  expect(await ids(app, "waiting", 2)).toEqual(waiting.slice(0, 2));
  expect(await ids(app, "delayed")).toEqual([soon.id, late.id]);
  const [first] = await heads(app, "delayed");
  expect(first!.dueAtMs! - first!.enqueuedAtMs).toBe(3_600_000);
  expect(await heads(app, "failed")).toEqual([]);
});

test("what runs, the longest first, with its progress; what failed, the latest first, with its error", async () => {
  const held = gate();
  await using app = await setup({
    url,
    jobs: {
      async slow(_args, { progress }) {
        await progress({ page: 3 });
        await held.opened;
      },
      bad: async () => Promise.reject(new Error(`no route ${"x".repeat(1_000)}`)),
    },
  });
  await app.start();
  const slow = await app.enqueue("slow");
  await app.event("active");
  const bad = [await app.enqueue("bad"), await app.enqueue("bad")];
  await app.event("failed", 2);
  await app.redis.hset(`${app.prefix}:work:t-${bad[0]!.id}`, "progress", "no JSON");
  for (const [at, { id }] of bad.entries()) await app.redis.zadd(`${app.prefix}:work:failed`, 1_000 + at, `t-${id}`);
  await app.redis.zadd(`${app.prefix}:work:failed`, 2_000, "gone"); // a record that is no longer there

  const [running] = await heads(app, "active");
  expect(running).toMatchObject({
    id: slow.id,
    job: "work.slow",
    queue: "work",
    state: "active",
    progress: { page: 3 },
  });
  expect(running!.startedAtMs).toBeGreaterThanOrEqual(running!.enqueuedAtMs);
  expect(running!.worker).toBeTruthy();

  const failed = await heads(app, "failed");
  expect(failed.map(({ id }) => id)).toEqual([bad[1]!.id, bad[0]!.id]);
  expect(failed[0]).toMatchObject({ attemptsMade: 1, attempts: 1, progress: null });
  expect(failed[0]!.error).toMatch(/^no route x+$/);
  expect(failed[0]!.error!.length).toBeLessThanOrEqual(400);
  expect(failed[1]!.progress).toBe("no JSON");
  held.open();
});

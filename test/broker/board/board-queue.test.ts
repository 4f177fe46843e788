import type { Queue } from "bullmq";
import { expect, test } from "vitest";
import { openBoardQueue } from "../../../src/broker/board/board-queue.ts";
import { type AnyJob, defineJob } from "../../../src/definition/job.ts";
import { testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();

test("a job that is retried on the board takes its unique key again, and is refused while another has it", async () => {
  const once = defineJob({ unique: true, handler: async () => Promise.reject(new Error("no")) });
  await using app = await setup({ url, jobs: { once: once as AnyJob } });
  const service = await app.start();
  const [first, other] = [await app.enqueue("once"), await app.enqueue("once", { n: 2 })];
  await app.event("failed", 2);
  service.close("a test");
  await service.ended;
  const second = await app.enqueue("once");
  const board = (await openBoardQueue(app.broker, "work")) as unknown as Queue;
  const failed = async (id: string) => (await board.getJob(`t-${id}`))!;

  const alone = await failed(first.id);
  expect(await alone.getState()).toBe("failed");
  await expect(alone.retry("failed")).rejects.toThrow(`the unfinished job ${second.id} has its unique key`);
  // Among many it does not stop the others.
  await Promise.all((await board.getJobs(["failed"])).map((job) => job.retry("failed")));
  expect((await board.getJobs(["failed"])).map(({ id }) => id)).toEqual([`t-${first.id}`]);
  expect(await app.enqueue("once", { n: 2 })).toMatchObject({ created: false, reason: "duplicate", id: other.id });

  await board.remove(`t-${second.id}`);
  await (await failed(first.id)).retry("failed");
  expect(await app.enqueue("once")).toMatchObject({ created: false, reason: "duplicate", id: first.id });
});

import { expect, test } from "vitest";
import { readState } from "../../../src/broker/look/read-state.ts";
import { testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();
const bad = async () => Promise.reject(new Error("no"));

test("the state of a job is told wherever it stands, and no list is copied for it", async () => {
  await using app = await setup({ url, jobs: { any: async () => {}, bad } });
  const service = await app.start();
  const line = (name: string) => `${app.prefix}:work:${name}`;
  const wait = line("wait");
  const ids: Record<string, string> = {};
  ids.completed = (await app.enqueue("any")).id;
  ids.failed = (await app.enqueue("bad")).id;
  await app.event("completed");
  await app.event("failed");
  service.close("a test");
  await service.ended;
  ids.waiting = (await app.enqueue("any")).id;
  ids.prioritized = (await app.enqueue("any", {}, { priority: 2 })).id;
  ids.delayed = (await app.enqueue("any", {}, { delay: "1h" })).id;
  ids.unknown = "nobody";
  ids.active = (await app.enqueue("any")).id;
  await app.redis.lmove(wait, line("active"), "LEFT", "LEFT");
  const { id: paused } = await app.enqueue("any");
  await app.redis.lmove(wait, line("paused"), "LEFT", "LEFT");
  await app.redis.zadd(line("waiting-children"), 1, "a parent");
  await app.redis.config("RESETSTAT");

  const state = (id: string) => readState(app.broker, "work", id);
  for (const [expected, id] of Object.entries(ids)) expect(await state(`t-${id}`)).toBe(expected);
  expect(await state(`t-${paused}`)).toBe("waiting");
  expect(await state("a parent")).toBe("waiting-children");
  expect((await app.redis.info("commandstats")).match(/cmdstat_(lrange|lpos)/g)).toEqual(["cmdstat_lpos"]);
});

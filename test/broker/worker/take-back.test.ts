import { expect, test } from "vitest";
import { takeBack } from "../../../src/broker/worker/take-back.ts";
import { testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const redis = await testRedis({ refusals: true });

/** A job that a dead runner held. */
async function deadRunner() {
  const app = await setup({ url: redis.url, jobs: { any: async () => {} } });
  const { id } = await app.enqueue("any");
  const owner = { queues: ["work"], residence: null };
  const key = `${app.prefix}:work:t-${id}`;
  await app.redis
    .multi()
    .lrem(`${app.prefix}:work:wait`, 1, `t-${id}`)
    .lpush(`${app.prefix}:work:active`, `t-${id}`)
    .set(`${key}:lock`, "dead:1")
    .zadd(`${app.prefix}:taskq:runners`, 0, "dead")
    .hset(`${app.prefix}:taskq:owners`, "dead", JSON.stringify(owner))
    .exec();
  const runners = () => app.redis.zrange(`${app.prefix}:taskq:runners`, 0, "-1");
  const beat = () => app.redis.zscore(`${app.prefix}:taskq:runners`, "dead");
  return { app, id, key, runners, dead: async () => ({ id: "dead", beat: (await beat())!, silentMs: 1, owner }) };
}

test("a job of a dead runner goes back to waiting, counted as stalled, and the runner is forgotten", async () => {
  const { app, id, key, runners, dead } = await deadRunner();
  await using _app = app;

  expect(await takeBack(app.broker, await dead())).toEqual([{ queue: "work", id }]);

  expect(await app.show(id)).toMatchObject({ state: "waiting" });
  expect(await app.redis.hget(key, "stc")).toBe("1");
  expect(await runners()).toEqual([]);
});

test("a dead runner whose jobs the broker does not give back is not forgotten, so that it is tried again", async () => {
  const { app, id, runners, dead } = await deadRunner();
  await using _app = app;

  await app.redis.call("ACL", "SETUSER", "taskq", "-del");
  await expect(takeBack(app.broker, await dead())).rejects.toThrow(/permission|can't run/);
  expect(await runners()).toEqual(["dead"]);

  await app.redis.call("ACL", "SETUSER", "taskq", "+del");
  expect(await takeBack(app.broker, await dead())).toEqual([{ queue: "work", id }]);
  expect(await runners()).toEqual([]);
});

test("a job that was removed while its runner was dead leaves nothing behind", async () => {
  const { app, key, runners, dead } = await deadRunner();
  await using _app = app;
  await app.redis.del(key);

  expect(await takeBack(app.broker, await dead())).toEqual([]);

  expect(await app.redis.exists(key)).toBe(0);
  expect(await runners()).toEqual([]);
});

import { expect, test } from "vitest";
import { applyQueueLimits } from "../../../src/broker/store/queue-limits.ts";
import { testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();

async function open() {
  const app = await setup({ url, jobs: { any: async () => {} } });
  const meta = `${app.prefix}:work:meta`;
  return {
    app,
    apply: (globalConcurrency: number | undefined, whose = "shop", hasRateLimit = false) =>
      applyQueueLimits(app.broker, { queue: "work", app: whose, globalConcurrency, hasRateLimit }),
    stored: () => app.redis.hget(meta, "concurrency"),
    set: (...fields: (string | number)[]) => app.redis.hset(meta, ...fields),
    get: (field: string) => app.redis.hget(meta, field),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

test("a limit is written, changed, and taken away when the config says no more of it", async () => {
  await using limits = await open();

  await limits.apply(4);
  expect(await limits.stored()).toBe("4");
  await limits.apply(2);
  expect(await limits.stored()).toBe("2");
  await limits.apply(undefined);
  expect(await limits.stored()).toBeNull();
  expect(await limits.app.redis.exists(`${limits.app.prefix}:taskq:limits`)).toBe(0);
});

test("a limit that is right already is not written again", async () => {
  await using limits = await open();
  await limits.apply(4);
  const writes = async () => /cmdstat_hset:calls=(\d+)/.exec(await limits.app.redis.info("commandstats"))?.[1];
  const before = await writes();

  await limits.apply(4);

  expect(before).toBeDefined();
  expect(await writes()).toBe(before);
});

test("a limit that no config of this app has set stays", async () => {
  await using limits = await open();
  await limits.set("concurrency", 3);
  await limits.apply(undefined);
  expect(await limits.stored()).toBe("3");

  await limits.apply(5, "other");
  await limits.apply(undefined, "shop");
  expect(await limits.stored()).toBe("5");
});

test("a limit that somebody has changed since is his, and stays", async () => {
  await using limits = await open();
  await limits.apply(4);
  await limits.set("concurrency", 9);

  await limits.apply(undefined);

  expect(await limits.stored()).toBe("9");
});

test("the rate that limits nothing makes way for the config's, and another does not", async () => {
  await using limits = await open();
  await limits.set("max", String(Number.MAX_SAFE_INTEGER), "duration", 1_000);
  await limits.apply(undefined, "shop", true);
  expect(await limits.get("max")).toBeNull();

  await limits.set("max", 5, "duration", 1_000);
  await limits.apply(undefined, "shop", true);
  expect(await limits.get("max")).toBe("5");
});

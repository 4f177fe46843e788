import { expect, test } from "vitest";
import type { Rate } from "../../../src/broker/store/limits.ts";
import { overrideLimit, resetLimit } from "../../../src/broker/store/overrides.ts";
import { applyQueueLimits } from "../../../src/broker/store/queue-limits.ts";
import { readQueueSettings } from "../../../src/broker/store/queue-settings.ts";
import { testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();

async function open() {
  const app = await setup({ url, jobs: { any: async () => {} } });
  const meta = `${app.prefix}:work:meta`;
  return {
    app,
    meta,
    apply: (globalConcurrency: number | undefined, whose = "shop", rateLimit?: Rate) =>
      applyQueueLimits(app.broker, { queue: "work", app: whose, globalConcurrency, rateLimit }),
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

test("a rate is written, changed and taken away like a concurrency, and another app's stays", async () => {
  await using limits = await open();
  const rate = () => limits.app.redis.hmget(limits.meta, "max", "duration");

  await limits.apply(undefined, "shop", { max: 5, perMs: 1_000 });
  expect(await rate()).toEqual(["5", "1000"]);
  await limits.apply(undefined, "other");
  expect(await rate()).toEqual(["5", "1000"]);
  await limits.apply(undefined, "shop");
  expect(await rate()).toEqual([null, null]);
});

test("the rate that limits nothing counts as none, and comes back while a handler lets its queue rest", async () => {
  await using limits = await open();
  const placeholder = String(Number.MAX_SAFE_INTEGER);
  await limits.set("max", placeholder, "duration", 1_000);
  await limits.app.redis.set(`${limits.app.prefix}:work:limiter`, placeholder, "PX", 60_000);
  expect(await readQueueSettings(limits.app.broker, ["work"])).toMatchObject([{ rate: undefined }]);

  await limits.apply(undefined, "shop", { max: 5, perMs: 1_000 });
  expect(await limits.get("max")).toBe("5");
  expect(await limits.app.redis.get(`${limits.app.prefix}:work:limiter`)).toBe(placeholder);

  await limits.apply(undefined, "shop");
  expect(await limits.get("max")).toBe(placeholder);
});

test("what an operator sets wins over the config until it is reset, and the config's comes back", async () => {
  await using limits = await open();
  const { broker } = limits.app;
  const ada = { by: "ada", atMs: 1_000 };
  const settings = async () => (await readQueueSettings(broker, ["work"]))[0]!;
  await limits.apply(4, "shop", { max: 5, perMs: 1_000 });
  expect(await settings()).toMatchObject({
    concurrency: { limit: 4, from: "config" },
    rate: { limit: { max: 5, perMs: 1_000 }, from: "config" },
  });

  await overrideLimit(broker, "work", "concurrency", 1, ada);
  await overrideLimit(broker, "work", "rate", { max: 2, perMs: 60_000 }, ada);
  await limits.apply(6, "shop", { max: 7, perMs: 1_000 }); // a worker starts, its config changed meanwhile
  expect(await settings()).toMatchObject({
    concurrency: { limit: 1, from: "operator", operator: ada },
    rate: { limit: { max: 2, perMs: 60_000 }, from: "operator", operator: ada },
  });

  await resetLimit(broker, "work", "concurrency");
  await resetLimit(broker, "work", "rate");
  expect(await settings()).toMatchObject({
    concurrency: { limit: 6, from: "config" },
    rate: { limit: { max: 7, perMs: 1_000 }, from: "config" },
  });
});

test("without a config's limit a reset leaves none, and a config that falls silent leaves the operator's", async () => {
  await using limits = await open();
  const { broker } = limits.app;
  await limits.apply(4);
  await overrideLimit(broker, "work", "concurrency", 1, { by: "ada", atMs: 1_000 });
  await limits.apply(undefined);
  expect(await limits.stored()).toBe("1");

  await resetLimit(broker, "work", "concurrency");
  expect(await limits.stored()).toBeNull();
});

test("a limit that was set past taskq is told from ours", async () => {
  await using limits = await open();
  await overrideLimit(limits.app.broker, "work", "concurrency", 1, { by: "ada", atMs: 1_000 });
  await limits.set("concurrency", 9);

  expect(await readQueueSettings(limits.app.broker, ["work"])).toMatchObject([
    { concurrency: { limit: 9, from: "other", operator: undefined } },
  ]);
});

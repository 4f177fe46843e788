import { expect, test } from "vitest";
import { underLock } from "../../../src/broker/schedules/under-lock.ts";
import { testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();

test("a lock is renewed as long as its work takes, and then it is free", async () => {
  await using app = await setup({ url, jobs: {} });
  const key = `${app.prefix}:lock`;
  const lifeMs = 3_000;

  await underLock(
    app.broker,
    key,
    async () => {
      const owner = await app.redis.get(key);
      await app.redis.pexpire(key, 2_000);
      await expect.poll(() => app.redis.pttl(key)).toBeGreaterThan(2_000);
      expect(await app.redis.get(key)).toBe(owner);
    },
    lifeMs,
  );

  expect(await app.redis.exists(key)).toBe(0);
});

test("a lock that another took over is neither renewed nor freed", async () => {
  await using app = await setup({ url, jobs: {} });
  const key = `${app.prefix}:lock`;

  await underLock(app.broker, key, () => app.redis.set(key, "another"), 30);

  expect(await app.redis.get(key)).toBe("another");
});

import { expect, test } from "vitest";
import { type AccountOptions, accountForTicks } from "../../../src/broker/schedules/account-ticks.ts";
import { readScheduleRecords } from "../../../src/broker/store/schedule-record.ts";
import { testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();
const place = { queue: "work", name: "often" };
const rules = { overlap: "skip", catchUp: "skip", catchUpWindowMs: undefined, priority: 0 } as const;
const plan = { cron: undefined, everyMs: 1_000, timezone: undefined };

test("accounts that overlap count each tick once, whichever is written first", async () => {
  await using app = await setup({ url, jobs: {} });
  const account = (stretch: Pick<AccountOptions, "fromMs" | "toMs">) =>
    accountForTicks(
      app.broker,
      { ...place, ...rules, ...plan, job: "any", args: {} },
      { ...stretch, isOpen: true, isServed: true, reason: "no worker was free" },
    );

  expect(await account({ fromMs: 1_000, toMs: 3_000 })).toMatchObject({ missed: { count: 2, firstMs: 1_000 } });
  expect(await account({ fromMs: 1_000, toMs: 6_000 })).toMatchObject({ missed: { count: 3, firstMs: 3_000 } });
  expect(await account({ fromMs: 1_000, toMs: 5_000 })).toEqual({ missed: undefined, caughtUp: undefined });

  expect(await readScheduleRecords(app.broker, [place])).toMatchObject([{ missed: 5, upToMs: 6_000 }]);
});

test("ticks that are still to come are not accounted for, also where the next run is of another plan by now", async () => {
  await using app = await setup({ url, jobs: {} });
  const fromMs = Date.now() - 10_000;

  await accountForTicks(
    app.broker,
    { ...place, ...rules, ...plan, job: "any", args: {} },
    { fromMs, toMs: fromMs + 86_400_000, isOpen: true, isServed: true, reason: "no worker was free" },
  );

  const [record] = await readScheduleRecords(app.broker, [place]);
  expect(record!.missed).toBeGreaterThanOrEqual(10);
  expect(record!.missed).toBeLessThan(1_000);
});

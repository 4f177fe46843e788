import { expect, test } from "vitest";
import { readSchedules } from "../../../src/broker/schedules/schedulers.ts";
import { testRedis } from "../../helpers/redis.ts";
import { storedOf, syncAll } from "../../helpers/schedules.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();
const hourly = { of: "tidy", cron: "0 * * * *" };

test("who only looks removes nothing, also while somebody replaces what is looked at", async () => {
  await using app = await project({ hourly });
  await syncAll(app);
  const { nextMs } = await storedOf(app, "hourly");
  const [list, delayed] = [`${app.prefix}:work:repeat`, `${app.prefix}:work:delayed`];
  // As one sees it who reads the list, and the entry when that has just been removed.
  await app.redis.rename(`${list}:hourly`, `${list}-hourly`);

  expect(await readSchedules(app.broker, "work")).toEqual([]);

  expect(await app.redis.zscore(list, "hourly")).toBe(String(nextMs));
  expect(await app.redis.zscore(delayed, `repeat:hourly:${nextMs}`)).not.toBeNull();
});

test("one that cannot be read does not hide the others", async () => {
  await using app = await project({ broken: hourly, hourly });
  await syncAll(app);
  await app.redis.hset(`${app.prefix}:work:repeat:broken`, "opts", "{", "data", "{");

  const stored = await readSchedules(app.broker, "work");

  expect(stored.map(({ name, app, args }) => ({ name, app, args }))).toEqual([
    { name: "broken", app: undefined, args: {} },
    { name: "hourly", app: "test", args: {} },
  ]);
});

const project = (schedules: NonNullable<Parameters<typeof setup>[0]["schedules"]>) =>
  setup({ url, jobs: { tidy: async () => {} }, schedules });

import { expect, test } from "vitest";
import { type NewSchedule, readSchedules } from "../../../src/broker/schedules/schedulers.ts";
import { writeSchedule } from "../../../src/broker/schedules/write-schedule.ts";
import { TaskqError } from "../../../src/errors.ts";
import { testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();

const evenly: NewSchedule = {
  ...{ name: "it", queue: "work", job: "any", app: "test", args: {} },
  ...{ cron: undefined, everyMs: 3_600_000, timezone: "UTC" },
  ...{ overlap: "skip", catchUp: "once", catchUpWindowMs: undefined, priority: 0 },
};

test("one whose end has come is not written, and that is no error", async () => {
  await using app = await setup({ url, jobs: {} });

  expect(await writeSchedule(app.broker, { ...evenly, endMs: Date.now() - 1 })).toBeUndefined();

  expect(await readSchedules(app.broker, "work")).toEqual([]);
});

test("where BullMQ refuses a schedule it is not said that the broker cannot be reached", async () => {
  await using app = await setup({ url, jobs: {} });
  const { broker, redis, prefix } = app;
  const startMs = Date.now() + 3_600_000;
  // As many jobs of an old schedule as BullMQ looks at for a free place.
  for (let slot = 0; slot <= 32; slot++) {
    await redis.hset(`${prefix}:work:repeat:it:${startMs + slot * evenly.everyMs!}`, "name", "any");
  }

  const error = await writeSchedule(broker, { ...evenly, startMs }).catch((error: unknown) => error);

  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(TaskqError);
  expect(error).toMatchObject({ code: -11 });
});

import { expect, test } from "vitest";
import { removeSchedule } from "../../src/broker/schedules/schedulers.ts";
import type { RunnerEvent } from "../../src/runner/events.ts";
import { createScheduleKeeper } from "../../src/service/keep-schedules.ts";
import { testRedis } from "../helpers/redis.ts";
import { putBackBy, storedOf } from "../helpers/schedules.ts";
import { type App, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const hourMs = 3_600_000;

test("a schedule that its writer left unwritten is written again by the release that leads, and owes what was due since", async () => {
  await using app = await project();
  const { keeper, seen } = keeperOf(app, "r1");
  await keeper.atStart();
  const tick = await putBackBy(app, "hourly", 3 * hourMs);
  await removeSchedule(app.broker, "work", "hourly");

  await turn(keeper);

  expect((await storedOf(app, "hourly")).nextMs).toBe(tick + 3 * hourMs);
  expect(seen.filter(({ type }) => type === "schedulesSynced")).toHaveLength(2);
  const ids = await app.redis.lrange(`${app.prefix}:work:wait`, 0, -1);
  expect(ids.map((id) => Number(/\d+$/.exec(id)![0])).sort()).toEqual([0, 1, 2].map((at) => tick + at * hourMs));
});

test("a release that does not lead leaves alone what is missing", async () => {
  await using app = await project();
  const [old, next] = [keeperOf(app, "r1"), keeperOf(app, "r2")];
  await old.keeper.atStart();
  await next.keeper.atStart();
  await removeSchedule(app.broker, "work", "hourly");

  await turn(old.keeper);

  expect(await storedOf(app, "hourly")).toBeUndefined();
});

const project = () =>
  setup({
    url,
    jobs: { tidy: async () => {} },
    schedules: { hourly: { of: "tidy", cron: "0 * * * *", catchUp: "all" } },
  });

function keeperOf({ config, catalog, broker }: App, release: string) {
  const seen: RunnerEvent[] = [];
  const options = { config, catalog, queues: catalog.queues, schedules: true, burst: false, allowEviction: false };
  const keeper = createScheduleKeeper(
    { ...options, shareQueues: [], name: undefined, onEvent: (each) => void seen.push(each) },
    broker,
    { app: config.app, release },
  );
  return { keeper, seen };
}

/** As many beats as it takes to look at everything. */
async function turn(keeper: ReturnType<typeof createScheduleKeeper>): Promise<void> {
  for (let beat = 0; beat < 5; beat++) await keeper.atBeat();
}

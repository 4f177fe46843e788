import { expect, test } from "vitest";
import type { RunnerRecord } from "../../src/broker/store/runners.ts";
import { planLead } from "../../src/schedule/lead.ts";
import { testRedis } from "../helpers/redis.ts";
import { storedOf } from "../helpers/schedules.ts";
import { type App, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const [older, newer] = [{ of: "tidy", cron: "0 3 * * *" } as const, { of: "tidy", cron: "0 4 * * *" } as const];

const runner = (release: string, said: Partial<RunnerRecord> = {}): RunnerRecord => ({
  name: "any",
  host: "any",
  pid: 1,
  app: "shop",
  release,
  version: "1",
  queues: [{ queue: "work", concurrency: 1 }],
  state: "running",
  shutdownTimeoutMs: 0,
  poolPid: null,
  startedAtMs: 0,
  active: [],
  memoryBytes: 0,
  ...said,
});
const asks = { app: "shop", own: ["work"], queues: ["work"], isStarting: true };
const led = (lead: string) => new Map([["work", lead]]);

test.each<[string, string, ReadonlyMap<string, string>, RunnerRecord[], boolean]>([
  ["the very first process", "a", new Map(), [], true],
  ["the first of a new release, while the old one lives", "b", led("a"), [runner("a")], true],
  ["an old one again in the middle of the deploy", "a", led("b"), [runner("a"), runner("b")], false],
  ["an old one again when the new ones are gone", "a", led("b"), [runner("a")], true],
  [
    "an old one again when the new ones are about to go",
    "a",
    led("b"),
    [runner("a"), runner("b", { state: "closing" })],
    true,
  ],
  ["the first after a rollback", "a", led("b"), [runner("b")], true],
  ["one whose sister works for another queue only", "b", led("a"), [runner("a"), runner("b", { queues: [] })], true],
  ["one whose namesake is another app's", "b", led("a"), [runner("a"), runner("b", { app: "other" })], true],
])("%s: leads or not", (_who, release, leads, runners, leads_) => {
  expect(planLead({ ...asks, release }, leads, runners)).toEqual(leads_ ? ["work"] : []);
});

test("one that runs already takes the lead only where nobody of the leading release is left", () => {
  const options = { ...asks, release: "a", isStarting: false };

  expect(planLead(options, led("a"), [runner("a")])).toEqual([]);
  expect(planLead(options, led("b"), [runner("a"), runner("b")])).toEqual([]);
  expect(planLead(options, led("b"), [runner("a")])).toEqual(["work"]);
});

test("a queue without jobs is led by those who have all others", () => {
  const options = { ...asks, own: ["work", "mail"], queues: ["gone"], release: "b" };
  const all = [{ queue: "work" }, { queue: "mail" }].map((each) => ({ ...each, concurrency: 1 }));

  expect(planLead(options, new Map([["gone", "a"]]), [runner("a", { queues: all }), runner("b")])).toEqual(["gone"]);
  expect(
    planLead(options, new Map([["gone", "a"]]), [runner("a", { queues: all }), runner("b", { queues: all })]),
  ).toEqual([]);
});

test("a deploy, an old process again in its middle, and a rollback", async () => {
  await using a = await project(older);
  const first = await a.start();
  expect(await cronOf(a)).toBe(older.cron);

  await using b = await project(newer, a.prefix);
  const second = await b.start();
  expect(await cronOf(a)).toBe(newer.cron);

  const again = await a.start({ name: "again" });
  expect(await a.event("schedulesLed")).toMatchObject({ release: expect.stringMatching(/^[0-9a-f]{8}$/) });
  expect(await cronOf(a)).toBe(newer.cron);
  for (const service of [first, again]) {
    service.close("the deploy is over");
    await service.ended;
  }
  expect(await cronOf(a)).toBe(newer.cron);

  await a.start({ name: "rollback" });
  expect(await cronOf(a)).toBe(older.cron);
  expect(a.seen.filter(({ type }) => type === "schedulesSynced")).toHaveLength(2);
  second.close("the rollback is over");
});

test("a process that writes no schedules does not lead, nor stand in the way of one that does", async () => {
  await using a = await project(older);
  await a.start({ schedules: false });
  expect(await storedOf(a, "nightly")).toBeUndefined();

  await a.start({ name: "second" });
  expect(await cronOf(a)).toBe(older.cron);
});

test("where all of the leading release are gone, one of another that is left takes over", async () => {
  await using a = await project(older);
  await a.start();
  await using b = await project(newer, a.prefix);
  const leader = await b.start();
  expect(await cronOf(a)).toBe(newer.cron);

  leader.close("the deploy is given up");
  await a.event("schedulesSynced", 2);

  expect(await cronOf(a)).toBe(older.cron);
});

test("two that start at the same instant write each schedule once", async () => {
  await using app = await project(older);

  await Promise.all([app.start(), app.start({ name: "second" })]);

  expect(app.seen.filter(({ type }) => type === "schedulesSynced")).toHaveLength(1);
  expect(await cronOf(app)).toBe(older.cron);
});

const project = (nightly: typeof older | typeof newer, prefix?: string) =>
  setup({ url, ...(prefix && { prefix }), jobs: { tidy: async () => {} }, schedules: { nightly } });

const cronOf = async (app: App) => (await storedOf(app, "nightly")).cron;

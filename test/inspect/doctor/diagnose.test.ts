import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { openBroker } from "../../../src/broker/broker.ts";
import { diagnose } from "../../../src/inspect/doctor/diagnose.ts";
import { readUnits } from "../../../src/inspect/doctor/read-units.ts";
import { startRedis, testRedis } from "../../helpers/redis.ts";
import { gate, setup } from "../../helpers/setup.ts";

const redis = await testRedis();
const { url } = redis;
type Seen = Awaited<ReturnType<typeof diagnose>>;
const of = (check: string, { findings }: Seen) => findings.filter((finding) => finding.check === check);

test("a worker that is well leaves nothing to find but the server's own faults", async () => {
  const { opened, open } = gate();
  await using app = await setup({
    url,
    jobs: { long: () => opened, tick: async () => {} },
    schedules: { "work.nightly": { of: "tick", cron: "0 3 * * *" } },
  });
  await app.enqueue("long");
  await app.start({ name: "web" });
  await app.event("active");

  const seen = await diagnose(app.broker, app.config);

  expect(seen.errors).toBe(0);
  expect(of("permissions", seen)).toMatchObject([{ level: "ok", what: "user taskq may do all that is needed" }]);
  expect(of("persistence", seen)).toMatchObject([{ level: "warning" }]);
  for (const check of ["version", "eviction", "memory", "clock", "queues", "jobs", "schedules", "workers"]) {
    expect(of(check, seen), check).toMatchObject([{ level: "ok" }]);
  }
  open();
});

test("a job without a handler, an orphan schedule, a paused queue and two releases are found", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await using other = await setup({
    url,
    prefix: app.prefix,
    jobs: { any: async () => {}, more: async () => {} },
    schedules: { "work.gone": { of: "more", every: "1h" } },
  });
  const left = await other.start({ name: "old" });
  left.close("a test");
  await left.ended;
  await app.start({ name: "new", schedules: false });
  await app.redis.hset(`${app.prefix}:work:meta`, "paused", 1);
  await other.enqueue("more");

  const seen = await diagnose(app.broker, app.config);

  expect(of("jobs", seen)).toMatchObject([
    { level: "error", what: expect.stringContaining("are work.more, which no live worker of it knows") },
  ]);
  expect(of("schedules", seen)).toMatchObject([{ what: expect.stringContaining("schedule work.gone on queue work") }]);
  expect(of("queues", seen)).toMatchObject([{ what: expect.stringContaining("queue work is paused") }]);

  await other.start({ name: "old", schedules: false });
  expect(of("workers", await diagnose(app.broker, app.config))).toMatchObject([
    { level: "warning", what: expect.stringMatching(/^test runs in 2 releases: \w+ \(new\), \w+ \(old\)$/) },
  ]);
});

test("what a release declares is told anew when the broker has lost it", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  await app.start();
  const key = (await app.redis.keys(`${app.prefix}:taskq:release:*`))[0]!;
  await app.redis.del(key);

  await expect.poll(() => app.redis.get(key)).toContain("work.any");
});

test("active jobs of a dead worker are found, and no worker that could take them back; nothing is written", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  const { id } = await app.enqueue("any");
  await app.redis.rpoplpush(`${app.prefix}:work:wait`, `${app.prefix}:work:active`);
  await app.redis.set(`${app.prefix}:work:t-${id}:lock`, "elsewhere-7-0a1b2c3d:1");
  const keys = async () => (await app.redis.keys(`${app.prefix}:*`)).sort();
  const before = await keys();

  const seen = await diagnose(app.broker, app.config);

  expect(of("stalled", seen)).toMatchObject([
    { level: "error", what: `queue work has 1 active job whose worker is gone: ${id}` },
  ]);
  expect(seen.errors).toBeGreaterThanOrEqual(1);
  expect(await keys()).toEqual(before);
});

test("a user who may do little gets findings, and nothing that is asked for is carried out", async () => {
  const server = await startRedis({ refusals: true });
  const admin = new Redis(server.adminUrl);
  try {
    const few = ["+ping", "+hello", "+multi", "+exec", "+get", "+set", "+time"];
    await admin.call("ACL", "SETUSER", "few", "on", ">pw", "~bull:*", "&bull:*", ...few);
    await using app = await setup({ url: server.url, jobs: { any: async () => {} } });
    const broker = await openBroker({ url: server.urlOf("few:pw"), prefix: "bull", root: "/", kind: "fail-fast" });
    try {
      const seen = await diagnose(broker, app.config);
      const [finding] = of("permissions", seen);
      expect(finding).toMatchObject({ level: "error", fix: expect.stringContaining("ACL SETUSER few +bzpopmin") });
      expect(finding!.what).toContain("+xadd");
      expect(finding!.what).not.toContain("+set ");
      for (const check of ["server", "queues", "jobs", "workers"]) {
        expect(of(check, seen), check).toMatchObject([{ level: "warning", why: expect.stringContaining("NOPERM") }]);
      }
      expect(JSON.stringify(seen)).not.toContain("pw");
      expect(await admin.keys("*")).toEqual([]);

      await admin.call("ACL", "SETUSER", "few", "-multi", "resetkeys", "~other:*");
      expect(of("permissions", await diagnose(broker, app.config))[0]!.what).toContain("without MULTI");
    } finally {
      await broker.close();
    }
  } finally {
    admin.disconnect();
    await server.stop();
  }
});

test("workers that systemd does not run have no unit", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  expect(await readUnits([])).toEqual([]);
  expect((await diagnose(app.broker, app.config)).findings.some(({ check }) => check === "systemd")).toBe(false);
});

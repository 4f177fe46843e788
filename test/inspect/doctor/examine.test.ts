import { expect, test } from "vitest";
import type { QueueCounts } from "../../../src/broker/look/queue-counts.ts";
import type { LiveRunner } from "../../../src/broker/store/runners.ts";
import { examine } from "../../../src/inspect/doctor/examine.ts";
import type { Facts } from "../../../src/inspect/doctor/facts.ts";
import { idleQueue } from "../../helpers/idle-queue.ts";

const nowMs = Date.parse("2026-11-24T12:00:00Z");
const server = {
  version: "7.0.15",
  isReplica: false,
  evictionPolicy: "noeviction",
  usedBytes: 10 * 1_048_576,
  maxBytes: 0,
  machineBytes: 1_000 * 1_048_576,
  hasAppendOnlyFile: true,
  diskIsWell: true,
  lastSnapshotMs: nowMs - 3 * 60_000,
  changesSinceSnapshot: 7,
  clients: 10,
  maxClients: 10_000,
};
const permissions = { user: "taskq", commands: [], mayUseKeys: true, mayUseChannels: true, isWhole: true };
const mail: QueueCounts = {
  queue: "mail",
  ...idleQueue,
  workers: 1,
};
const web: LiveRunner = {
  id: "alpha-12-0a1b2c3d",
  name: "web-1",
  host: "alpha",
  pid: 12,
  app: "shop",
  release: "aaaa",
  version: "0.1.0",
  queues: [{ queue: "mail", concurrency: 10 }],
  state: "running",
  startedAtMs: nowMs - 60_000,
  active: [],
  memoryBytes: 1,
  shutdownTimeoutMs: 25_000,
  poolPid: null,
};
const digest = {
  name: "mail.digest",
  queue: "mail",
  job: "mail.send",
  cron: "0 8 * * *",
  everyMs: undefined,
  timezone: "UTC",
  args: {},
  app: "shop",
  nextMs: undefined,
  overlap: "skip",
  catchUp: "once",
  catchUpWindowMs: 86_400_000,
  priority: 0,
} as const;
const line = { queue: "mail", names: new Map([["mail.send", 3]]), active: [] };
const well: Facts = {
  nowMs,
  server: { value: server },
  permissions: { value: permissions },
  distance: { value: { p50Ms: 0.21, p99Ms: 1.5, skewMs: -20 } },
  queues: { value: [mail] },
  lines: { value: [line] },
  schedules: { value: [digest] },
  workers: { value: [web] },
  releases: { value: new Map([["aaaa", { jobs: ["mail.send"], schedules: ["mail.digest"] }]]) },
  units: [],
  keepFailed: () => 5_000,
};

/** What is not well, as one text each. */
const troubles = (facts: Partial<Facts>) =>
  examine({ ...well, ...facts }, "bull")
    .filter(({ level }) => level !== "ok")
    .map(({ level, check, what, fix }) => `${level} ${check}: ${what} | ${fix}`);

test("where all is well, each check says what it has seen", () => {
  expect(examine(well, "bull").map(({ level, check, what }) => `${level} ${check}: ${what}`)).toEqual([
    "ok version: Redis 7.0.15",
    "ok eviction: maxmemory-policy noeviction",
    "ok memory: 10 MB used of 1000 MB, all that the machine has",
    "ok persistence: append-only file",
    "ok permissions: user taskq may do all that is needed",
    "ok latency: answers in 0.2 ms, the slowest in 1.5 ms (p50, p99 from here)",
    "ok clock: the broker's clock is 20 ms behind the one here",
    "ok queues: 1 queue, none of them left alone",
    "ok jobs: each job has a handler or waits for a worker",
    "ok schedules: 1 schedule, no orphan",
    "ok workers: 1 live worker",
  ]);
});

test.each([
  [{ version: "6.0.16" }, ["error version: Redis 6.0.16 is older than 6.2 | upgrade it to 6.2 or later"]],
  [{ isReplica: true }, ["error role: the server is a replica | name the primary in the broker's URL"]],
  [
    { evictionPolicy: "allkeys-lru" },
    ["error eviction: maxmemory-policy is allkeys-lru | redis-cli CONFIG SET maxmemory-policy noeviction"],
  ],
  [
    { usedBytes: 850 * 1_048_576 },
    [
      "warning memory: 850 MB used of 1000 MB, all that the machine has | move it to a machine with more memory, or set maxmemory",
    ],
  ],
  [
    { maxBytes: 10 * 1_048_576 },
    ["error memory: 10 MB used of 10 MB, its maxmemory | redis-cli CONFIG SET maxmemory <more>"],
  ],
  [
    { hasAppendOnlyFile: false },
    [
      "warning persistence: no append-only file; 7 changes since the last snapshot, 3 min ago | redis-cli CONFIG SET appendonly yes, then redis-cli CONFIG REWRITE",
    ],
  ],
  [{ diskIsWell: false }, [expect.stringMatching(/^error persistence: Redis could not write its data to the disk/)]],
  [
    { clients: 9_000 },
    ["warning clients: 9000 of 10000 connections are taken | redis-cli CONFIG SET maxclients <more>"],
  ],
  [{ evictionPolicy: undefined, machineBytes: undefined, hasAppendOnlyFile: undefined, maxClients: undefined }, []],
])("the server: %o", (said, expected) => {
  expect(troubles({ server: { value: { ...server, ...said } } })).toEqual(expected);
});

test("a user who may not do all is told the very rule; without the list of clients only a check is left out", () => {
  const of = (said: object) => troubles({ permissions: { value: { ...permissions, ...said } } });
  expect(of({ commands: ["xadd", "client|list"], mayUseKeys: false })).toEqual([
    "error permissions: user taskq lacks +xadd +client|list ~bull:* | redis-cli ACL SETUSER taskq +xadd +client|list ~bull:*",
  ]);
  expect(of({ commands: ["client|list"] })).toEqual([
    "warning permissions: user taskq lacks +client|list | redis-cli ACL SETUSER taskq +client|list",
  ]);
  expect(of({ commands: ["multi"], isWhole: false })[0]).toContain("without MULTI the other commands cannot be asked");
});

test("what is slow and what stumbles differ, and clocks may be two seconds apart", () => {
  const of = (p50Ms: number, p99Ms: number, skewMs: number) =>
    troubles({ distance: { value: { p50Ms, p99Ms, skewMs } } });
  expect(of(30, 40, 0)).toEqual([expect.stringMatching(/^warning latency: .* \| run workers near the broker$/)]);
  expect(of(1, 140, 0)).toEqual([expect.stringMatching(/^warning latency: .*SLOWLOG/)]);
  expect(of(1, 1, 2_600)).toEqual([
    expect.stringMatching(/^warning clock: the broker's clock is 2600 ms ahead of the one here/),
  ]);
});

test("a queue without workers, a paused one and one that fails much", () => {
  const of = (...queues: Partial<QueueCounts>[]) =>
    troubles({ queues: { value: queues.map((queue) => ({ ...mail, ...queue })) } });
  expect(of({ workers: 0 })).toEqual([]);
  expect(of({ queue: "night mail", workers: 0, delayed: 4 }, { workers: 0, waiting: 2, active: 1 })).toEqual([
    "error queues: queue mail has no worker, and 3 jobs to run | taskq run-worker --queue mail",
    "warning queues: queue night mail has no worker, and 4 jobs for later | taskq run-worker --queue 'night mail'",
  ]);
  expect(of({ paused: true }, { paused: true, waiting: 9 })).toEqual([
    "warning queues: queue mail is paused, and 9 jobs wait | taskq queue resume mail",
  ]);
  expect(of({ failed: 3_999 }, { failed: 4_000, failedPerMinute: 6 })).toEqual([
    "warning failed: queue mail has 4000 failed jobs, 6 more a minute, and keeps 5000 | taskq job list --state failed --queue mail",
  ]);
});

test("jobs that no live worker knows, and only where all that live have told what they know", () => {
  const lines = {
    value: [
      {
        ...line,
        names: new Map([
          ["mail.send", 1],
          ["mail.old", 2],
        ]),
      },
    ],
  };
  expect(troubles({ lines })).toEqual([
    expect.stringMatching(
      /^error jobs: 2 of the next jobs of queue mail are mail.old, which no live worker of it knows/,
    ),
  ]);
  expect(troubles({ lines, releases: { value: new Map() } })).toEqual([]);
  expect(troubles({ lines, workers: { value: [{ ...web, queues: [] }] } })).toEqual([]);
});

test("active jobs whose worker is gone: of a dead runner, or without a lock; never those of other programs", () => {
  const active = [
    { id: "1", isLocked: true, runner: web.id },
    { id: "2", isLocked: true, runner: "beta-7-99999999" },
    { id: "3", isLocked: false, runner: null },
    { id: "4", isLocked: true, runner: null },
  ];
  expect(troubles({ lines: { value: [{ ...line, active }] } })).toEqual([
    "warning stalled: queue mail has 2 active jobs whose worker is gone: 2, 3 | taskq doctor, once more in 20 s",
  ]);
  expect(troubles({ lines: { value: [{ ...line, active }] }, workers: { value: [] } })).toEqual([
    "error stalled: queue mail has 3 active jobs whose worker is gone: 1, 2, 3 | taskq run-worker --queue mail",
  ]);
});

test("a schedule that no live release of its app declares; one of another program is none of ours", () => {
  const releases = { value: new Map([["aaaa", { jobs: ["mail.send"], schedules: [] }]]) };
  expect(troubles({ releases })).toEqual([
    expect.stringMatching(/^warning schedules: schedule mail.digest on queue mail is no longer declared by shop/),
  ]);
  expect(troubles({ releases, schedules: { value: [{ ...digest, app: undefined }] } })).toEqual([]);
  expect(troubles({ releases, schedules: { value: [{ ...digest, app: "other" }] } })).toEqual([]);
});

test("workers of several releases, several versions, with abandoned handlers", () => {
  const abandoned = { id: "1", job: "mail.send", queue: "mail", sinceMs: 1, abandoned: true, progress: null };
  const other = { ...web, name: "web-2", release: "bbbb", version: "0.2.0", active: [abandoned] };
  const releases = { value: new Map(["aaaa", "bbbb"].map((key) => [key, { jobs: ["mail.send"], schedules: [] }])) };
  expect(troubles({ workers: { value: [web, other] }, releases, schedules: { value: [] } })).toEqual([
    "warning workers: shop runs in 2 releases: aaaa (web-1), bbbb (web-2) | taskq worker stop web-1",
    "warning workers: workers have 2 versions of taskq: 0.1.0 (web-1), 0.2.0 (web-2) | npm install taskq@latest, and deploy it everywhere",
    "warning workers: worker web-2 has 1 abandoned handler: mail.send | taskq worker stop web-2, and make the handlers heed their signal",
  ]);
});

test("a unit that kills too soon", () => {
  const unit = { name: "shop.service", isOfUser: false, timeoutStopMs: 10_000, shutdownTimeoutMs: 25_000 };
  expect(troubles({ units: [unit, { ...unit, timeoutStopMs: Number.POSITIVE_INFINITY }] })).toEqual([
    "warning systemd: unit shop.service: TimeoutStopSec is 10 s, shutdownTimeout 25 s | systemctl edit shop.service, with TimeoutStopSec=30 under [Service]",
  ]);
});

test("what the broker refuses to tell is a finding, and so is what depends on it", () => {
  const refused = { refused: "NOPERM no" };
  const checks = examine({ ...well, server: refused, workers: refused }, "bull").filter(({ level }) => level !== "ok");
  expect(checks.map(({ level, check, why }) => `${level} ${check} ${why}`)).toEqual([
    "warning server NOPERM no",
    "warning jobs NOPERM no",
    "warning schedules NOPERM no",
    "warning workers NOPERM no",
  ]);
});

import { expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";
import { listenToNotices } from "../helpers/notify.ts";
import { startRedis, testRedis } from "../helpers/redis.ts";

const redis = await testRedis();

const tasks = `
import { execFileSync } from "node:child_process";

/** Ends when the test says so. */
export async function wait() { await new Promise((resolve) => process.once("SIGUSR2", resolve)); }

/** What a program sees that a handler starts. */
export async function inherit(_args, { log }) {
  const names = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"];
  const seen = execFileSync(process.execPath, ["-p", "Object.keys(process.env).join()"]).toString().trim().split(",");
  log.info("seen: " + names.filter((name) => seen.includes(name)).join());
}

/** Lets nothing else happen for three seconds. */
export async function block(_args, { log }) {
  const endMs = Date.now() + 3_000;
  while (Date.now() < endMs);
  log.info("unblocked");
}
`;
const isFed = ({ WATCHDOG }: Readonly<Record<string, string>>) => WATCHDOG === "1";

function create({ broker = redis.url, env = {} }: { broker?: string; env?: Record<string, string> } = {}) {
  const listener = listenToNotices();
  const project = createProject({
    broker,
    jobs: { "shop/jobs/tasks.js": tasks },
    env: { NOTIFY_SOCKET: listener.socket, ...env },
  });
  return { listener, project };
}

test("READY comes once all is up, with the pid and the status of the worker", async () => {
  const { listener, project } = create();
  const worker = project.worker();

  const { fields } = await listener.notice(({ READY }) => READY === "1");
  expect(fields).toEqual({ READY: "1", MAINPID: String(worker.pid), STATUS: expect.stringMatching(/^0 active/) });
  await listener.notice(({ STATUS }) => STATUS === "0 active, 0 waiting");
  expect(listener.seen[0]!.fields.READY).toBe("1");
  await worker.event("started");
  worker.signal("SIGTERM");
  expect(await worker.exited).toBe(0);
});

test("SIGTERM with an active job: STOPPING, more time, and how much of it is left", async () => {
  const { listener, project } = create();
  await project.json("enqueue", "shop.wait");
  const worker = project.worker("--verbose");
  await worker.event("active");
  worker.signal("SIGTERM");

  const { fields } = await listener.notice(({ STOPPING }) => STOPPING === "1");
  expect(fields.STATUS).toMatch(/^1 active.*; closing, 25 s left$/);
  expect(Number(fields.EXTEND_TIMEOUT_USEC)).toBeGreaterThan(27_000_000);
  const later = await listener.notice(
    ({ EXTEND_TIMEOUT_USEC, STATUS }) =>
      EXTEND_TIMEOUT_USEC !== undefined && /; closing, (?:1\d|2[0-4]) s left$/.test(STATUS ?? ""),
  );
  expect(Number(later.fields.EXTEND_TIMEOUT_USEC)).toBeLessThan(Number(fields.EXTEND_TIMEOUT_USEC));

  worker.signal("SIGUSR2");
  expect(await worker.exited).toBe(0);
  expect(worker.events.some(({ event }) => event === "warning")).toBe(false);
});

test("the watchdog is not fed while Redis is frozen, and is again when it thaws", async () => {
  const frozen = await startRedis();
  try {
    const { listener, project } = create({ broker: frozen.url, env: { WATCHDOG_USEC: "600000" } });
    const worker = project.worker();
    await listener.notice(isFed);

    frozen.freeze();
    const frozenAtMs = performance.now();
    await listener.notice(({ STATUS }) => STATUS === "0 active; the broker does not answer");
    const silentMs = performance.now() - frozenAtMs;
    const fedMs = listener.seen.filter(({ fields }) => isFed(fields)).map(({ atMs }) => atMs - frozenAtMs);
    expect(silentMs).toBeGreaterThan(2_000);
    expect(Math.max(...fedMs)).toBeLessThan(1_500); // an answer may have been on its way

    const before = listener.seen.length;
    frozen.thaw();
    await listener.notice(isFed, before);
    await listener.notice(({ STATUS }) => STATUS === "0 active, 0 waiting", before);
    worker.signal("SIGTERM");
    expect(await worker.exited).toBe(0);
  } finally {
    await frozen.stop();
  }
});

test("the watchdog is not fed while a handler blocks the loop", async () => {
  const { listener, project } = create({ env: { WATCHDOG_USEC: "600000" } });
  const worker = project.worker();
  await listener.notice(isFed);
  await project.json("enqueue", "shop.block");
  await worker.event("log", { message: "unblocked" });
  await listener.notice(isFed, listener.seen.length);

  const fedMs = listener.seen.filter(({ fields }) => isFed(fields)).map(({ atMs }) => atMs);
  const gapsMs = fedMs.slice(1).map((atMs, index) => atMs - fedMs[index]!);
  expect(Math.max(...gapsMs)).toBeGreaterThan(2_700);
});

test("a watchdog that waits for another process is not fed", async () => {
  const { listener, project } = create({ env: { WATCHDOG_USEC: "300000", WATCHDOG_PID: "1" } });
  const worker = project.worker();
  await listener.notice(({ READY }) => READY === "1");
  await listener.notice(({ STATUS }) => STATUS === "0 active, 0 waiting");
  worker.signal("SIGTERM");
  await worker.exited;

  expect(listener.seen.some(({ fields }) => isFed(fields))).toBe(false);
});

test("what a handler starts knows nothing of systemd's socket", async () => {
  const { project } = create({ env: { WATCHDOG_USEC: "60000000" } });
  await project.json("enqueue", "shop.inherit");
  const worker = project.worker();

  expect(await worker.event("log")).toMatchObject({ message: "seen: " });
});

test("a socket that is not there is one warning, and the worker works", async () => {
  const { project } = create({ env: { NOTIFY_SOCKET: "/nowhere/notify", WATCHDOG_USEC: "300000" } });
  await project.json("enqueue", "shop.inherit");
  const worker = project.worker();
  await worker.event("completed");
  await worker.event("warning");
  worker.signal("SIGTERM");

  expect(await worker.exited).toBe(0);
  expect(worker.events.filter(({ event }) => event === "warning")).toMatchObject([
    { level: "warn", message: expect.stringContaining("systemd is not told: ") },
  ]);
});

test("the parent of a pool speaks for its processes: READY, life and STOPPING come from it alone", async () => {
  const { listener, project } = create({ env: { WATCHDOG_USEC: "3000000" } });
  await project.json("enqueue", "shop.inherit");
  const pool = project.worker("--processes", "2");

  const { fields } = await listener.notice(({ READY }) => READY === "1");
  expect(fields.MAINPID).toBe(String(pool.pid));
  await listener.notice(isFed);
  expect(await pool.event("log")).toMatchObject({ message: "seen: " });
  pool.signal("SIGTERM");
  expect(await pool.exited).toBe(0);
  expect(listener.seen.filter(({ fields }) => fields.READY === "1")).toHaveLength(1);
  expect(listener.seen.filter(({ fields }) => fields.STOPPING === "1")).toHaveLength(1);
});

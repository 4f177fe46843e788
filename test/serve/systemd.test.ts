import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { createNotifySocket } from "../../src/serve/notify-socket.ts";
import { createSystemd, type Systemd, type SystemdOptions } from "../../src/serve/systemd.ts";
import { listenToNotices, type NotifyListener } from "../helpers/notify.ts";

function create({ socket }: NotifyListener, options: Partial<SystemdOptions> & { readonly watchdogMs?: number } = {}) {
  const troubles: string[] = [];
  const systemd = createSystemd({
    environment: { socket, watchdogMs: options.watchdogMs, searchPath: process.env.PATH },
    active: () => 2,
    countWaiting: async () => 5,
    ping: async () => {},
    onTrouble: (message) => troubles.push(message),
    ...options,
  });
  const dispose = (parts: Systemd) => ({ ...parts, troubles, [Symbol.asyncDispose]: parts.end });
  return dispose(systemd);
}

test.each([
  ["a path", false],
  ["an abstract socket", true],
])("readiness goes to %s, with the process it is about and a status", async (_name, isAbstract) => {
  const listener = listenToNotices({ isAbstract });
  await using systemd = create(listener);
  systemd.ready();

  const { fields } = await listener.notice(({ READY }) => READY === "1");
  expect(fields).toEqual({ READY: "1", MAINPID: String(process.pid), STATUS: expect.stringMatching(/^2 active/) });
  await listener.notice(({ STATUS }) => STATUS === "2 active, 5 waiting");
});

test("a status goes out when it changed, and never twice", async () => {
  const listener = listenToNotices();
  let active = 1;
  await using systemd = create(listener, { active: () => active });
  systemd.ready();
  await listener.notice(({ STATUS }) => STATUS === "1 active, 5 waiting");
  active = 7;

  await listener.notice(({ STATUS }) => STATUS === "7 active, 5 waiting");
  await systemd.end();
  const told = listener.seen.map(({ fields }) => fields.STATUS);
  expect(told.slice(-2)).toEqual(["1 active, 5 waiting", "7 active, 5 waiting"]);
  expect(new Set(told).size).toBe(told.length);
});

test("closing is told at once, with all the time it may take and three seconds, again and again", async () => {
  const listener = listenToNotices();
  await using systemd = create(listener);
  systemd.ready();
  systemd.closing(9_000);

  const first = await listener.notice(({ STOPPING }) => STOPPING === "1");
  expect(first.fields.STATUS).toMatch(/closing, 9 s left$/);
  expect(Number(first.fields.EXTEND_TIMEOUT_USEC) / 1e6).toBeCloseTo(12, 0);

  const next = await listener.notice(
    ({ EXTEND_TIMEOUT_USEC, STATUS }) =>
      EXTEND_TIMEOUT_USEC !== undefined && /closing, [1-4] s left$/.test(STATUS ?? ""),
  );
  expect(Number(next.fields.EXTEND_TIMEOUT_USEC)).toBeLessThan(Number(first.fields.EXTEND_TIMEOUT_USEC));
  const [early, late] = [first, next].map(({ atMs, fields }) => atMs + Number(fields.EXTEND_TIMEOUT_USEC) / 1_000);
  expect(Math.abs(late! - early!)).toBeLessThan(3_000); // the moment it names stays the same, more than four seconds later
});

test("the watchdog is fed for each answer of the broker, and not without one", async () => {
  const listener = listenToNotices();
  const answers: (() => void)[] = [];
  await using systemd = create(listener, {
    watchdogMs: 30,
    ping: () => new Promise<void>((resolve) => answers.push(resolve)),
  });
  systemd.ready();
  await listener.notice(({ STATUS }) => STATUS === "2 active, 5 waiting");
  expect(listener.seen.some(({ fields }) => "WATCHDOG" in fields)).toBe(false);

  answers[0]!();
  await listener.notice(({ WATCHDOG }) => WATCHDOG === "1");
  await expect.poll(() => answers.length).toBe(2); // one question at a time
  expect(listener.seen.filter(({ fields }) => "WATCHDOG" in fields)).toHaveLength(1);
});

test("without a watchdog the broker is asked nothing", async () => {
  const listener = listenToNotices();
  let pings = 0;
  await using systemd = create(listener, { ping: async () => void pings++ });
  systemd.ready();
  await listener.notice(({ STATUS }) => STATUS === "2 active, 5 waiting");

  expect(pings).toBe(0);
});

test("a broker that fails to count is not waited for", async () => {
  const listener = listenToNotices();
  await using systemd = create(listener, { countWaiting: () => new Promise(() => {}) });
  systemd.ready();

  await listener.notice(({ STATUS }) => STATUS === "2 active; the broker does not answer");
});

test("a socket that is not there is one warning, however much there is to tell", async () => {
  const listener = { ...listenToNotices(), socket: "/nowhere/notify" };
  await using systemd = create(listener, { watchdogMs: 30 });
  systemd.ready();
  await systemd.end();
  systemd.closing(1_000);
  await systemd.end();

  expect(systemd.troubles).toEqual([expect.stringMatching(/^systemd is not told: .*No such file/)]);
});

const lacksProgram = spawnSync("systemd-notify", ["--version"]).status !== 0;
const loadDatagrams = () => Promise.reject(new Error("not installed"));

test("where the package is not installed, systemd-notify tells the same", async ({ skip }) => {
  skip(lacksProgram, "systemd-notify is not on this machine");
  const listener = listenToNotices();
  const troubles: string[] = [];
  const { socket } = listener;
  const notify = createNotifySocket({
    socket,
    searchPath: process.env.PATH,
    loadDatagrams,
    onTrouble: (message) => troubles.push(message),
  });
  notify.notify({ READY: 1, STATUS: "2 active, 5 waiting" });
  notify.notify({ STOPPING: 1 });
  await notify.flushed();

  const { fields } = await listener.notice(({ STOPPING }) => STOPPING === "1");
  expect(fields).toEqual({ READY: "1", STATUS: "2 active, 5 waiting", STOPPING: "1" });
  expect(troubles).toEqual([]);
});

test("where there is neither the package nor systemd-notify, one warning names both", async () => {
  const troubles: string[] = [];
  const notify = createNotifySocket({
    socket: listenToNotices().socket,
    searchPath: "/nowhere",
    loadDatagrams,
    onTrouble: (message) => troubles.push(message),
  });
  for (const STATUS of ["1 active", "2 active"]) {
    notify.notify({ STATUS });
    await notify.flushed();
  }

  expect(troubles).toEqual([
    "systemd is not told: there is neither the package node-unix-socket nor the program systemd-notify",
  ]);
});

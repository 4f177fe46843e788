import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { openEmbedded } from "../../../src/broker/embedded/open.ts";
import { processes } from "./processes.ts";
import { createProject } from "./project.ts";

test("a server starts in an empty folder, keeps its files there, and answers", async () => {
  const { folder, connect } = await createProject();
  const { client, socket } = await connect();

  expect(await client.ping()).toBe("PONG");
  expect(await client.config("GET", "appendfsync")).toEqual(["appendfsync", "everysec"]);
  expect(await client.config("GET", "maxmemory-policy")).toEqual(["maxmemory-policy", "noeviction"]);
  expect(socket).toBe(join(folder, "redis.sock"));
  expect(existsSync(join(folder, "appendonlydir"))).toBe(true);
  expect(await readFile(join(folder, ".gitignore"), "utf8")).toBe("*\n");
});

test("many that open at the same time get one server", async () => {
  const { connect } = await createProject();
  const opened = await Promise.all(Array.from({ length: 8 }, connect));
  expect(new Set(opened.map(({ pid }) => pid)).size).toBe(1);
});

test("a server ends after its last client, and its data is there in the next one", async () => {
  const { connect: open } = await createProject();
  const first = await open();
  const second = await open();
  await first.client.set("kept", "yes");

  first.client.disconnect();
  await wait(7_000); // no event tells that nothing happened
  expect(await second.client.ping()).toBe("PONG");

  second.client.disconnect();
  await processes.ended(first.pid);
  const next = await open();
  expect(next.pid).not.toBe(first.pid);
  expect(await next.client.get("kept")).toBe("yes");
});

test("a killed server is started anew by the next open", async () => {
  const { connect } = await createProject();
  const killed = await connect();
  await killed.client.set("kept", "yes");
  await killed.client.call("WAITAOF", 1, 0, 1_000).catch(() => wait(1_100)); // Redis before 7.2: fsynced each second
  const closed = once(killed.client, "close");
  process.kill(killed.pid, "SIGKILL");
  await closed;

  const next = await connect();
  expect(next.pid).not.toBe(killed.pid);
  expect(await next.client.get("kept")).toBe("yes");
});

test("a server whose watchdog was killed keeps running, and is watched again by the next open", async () => {
  const { connect } = await createProject();
  const { client, pid } = await connect();
  const watchdog = await processes.parent(pid);
  process.kill(watchdog, "SIGKILL");
  await processes.ended(watchdog);

  const next = await connect();
  expect(next.pid).toBe(pid);
  client.disconnect();
  next.client.disconnect();
  await processes.ended(pid);
});

test("a server that a watchdog left halfway through its end is found again", async () => {
  const { connect, folder } = await createProject();
  const { client, pid, socket } = await connect();
  const watchdog = await processes.parent(pid);
  process.kill(watchdog, "SIGKILL");
  await processes.ended(watchdog);
  await rename(socket, `${socket}~`);

  expect((await connect()).pid).toBe(pid);
  expect(await client.ping()).toBe("PONG");
  expect(existsSync(join(folder, "redis.sock"))).toBe(true);
});

test("a server whose folder was removed leaves the new folder's server alone", async () => {
  const { connect, folder } = await createProject();
  const old = await connect();
  await rm(folder, { recursive: true });
  const fresh = await connect();
  expect(fresh.pid).not.toBe(old.pid);

  old.client.disconnect();
  await processes.ended(old.pid);
  expect((await connect()).pid).toBe(fresh.pid);
});

test("a server is in no process group of a shell", async () => {
  const { connect } = await createProject();
  const { pid } = await connect();
  expect(await processes.group(pid)).not.toBe(await processes.group(process.pid));
  expect(await processes.group(await processes.parent(pid))).not.toBe(await processes.group(process.pid));
});

test("a path too long for a socket falls back to a private temp folder", async () => {
  const { connect, folder } = await createProject({ below: "long".repeat(25) });
  const { client, socket } = await connect();
  expect(await client.ping()).toBe("PONG");
  expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(100);
  expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
  expect(existsSync(join(folder, "appendonlydir"))).toBe(true);
});

test("without a server on PATH, the line that installs one is the hint", async () => {
  const { folder } = await createProject();
  const bin = await mkdtemp(join(tmpdir(), "taskq-bin-"));
  onTestFinished(() => rm(bin, { recursive: true }));
  await symlink("/bin/sh", join(bin, "sh"));
  await symlink("/bin/true", join(bin, "apk"));
  vi.stubEnv("PATH", bin);
  onTestFinished(() => void vi.unstubAllEnvs());

  await expect(openEmbedded(folder)).rejects.toMatchObject({ code: "BROKER_MISSING", hint: "Run: sudo apk add redis" });
});

test("a server that cannot start is told at once, with the file to read", async () => {
  const { folder, connect } = await createProject();
  const { client, pid } = await connect();
  client.disconnect();
  process.kill(pid, "SIGKILL");
  await processes.ended(pid);
  await rm(join(folder, "appendonlydir"), { recursive: true });
  await symlink("/dev/null", join(folder, "appendonlydir"));

  await expect(openEmbedded(folder)).rejects.toMatchObject({
    code: "BROKER_UNREACHABLE",
    hint: `Read ${join(folder, "redis.log")}.`,
  });
});

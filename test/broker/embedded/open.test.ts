import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { openEmbedded } from "../../../src/broker/embedded/open.ts";
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
  const { connect: open, folder } = await createProject();
  const first = await open();
  const second = await open();
  await first.client.set("kept", "yes");

  first.client.disconnect();
  await wait(7_000);
  expect(await second.client.ping()).toBe("PONG");

  second.client.disconnect();
  await ended(first.pid);
  await vanished(join(folder, "redis.sock"));
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
  const watchdog = await watchdogOf(pid);
  process.kill(watchdog, "SIGKILL");
  await ended(watchdog);

  const next = await connect();
  expect(next.pid).toBe(pid);
  client.disconnect();
  next.client.disconnect();
  await ended(pid);
});

test("a server that a watchdog left halfway through its end is found again", async () => {
  const { connect, folder } = await createProject();
  const { client, pid, socket } = await connect();
  const watchdog = await watchdogOf(pid);
  process.kill(watchdog, "SIGKILL");
  await ended(watchdog);
  const { rename } = await import("node:fs/promises");
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
  await ended(old.pid);
  expect((await connect()).pid).toBe(fresh.pid);
});

test("a server is in no process group of a shell", async () => {
  const { connect } = await createProject();
  const { pid } = await connect();
  expect(await groupOf(pid)).not.toBe(await groupOf(process.pid));
  expect(await groupOf(await watchdogOf(pid))).not.toBe(await groupOf(process.pid));
});

test("a path too long for a socket falls back to a private temp folder", async () => {
  const { connect, folder } = await createProject({ below: "long".repeat(25) });
  const { client, socket } = await connect();
  expect(await client.ping()).toBe("PONG");
  expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(100);
  expect((await import("node:fs")).statSync(dirname(socket)).mode & 0o777).toBe(0o700);
  expect(existsSync(join(folder, "appendonlydir"))).toBe(true);
});

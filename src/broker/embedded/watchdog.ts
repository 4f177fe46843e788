// A process of its own: starts the embedded server, ends it some seconds after its last client, and ends with it.
// It runs under a kernel lock that its starter took, so that there is one of it at a time.
import { fstatSync, statSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { lockDescriptor } from "./locked.ts";
import { closingSocket, connectServer } from "./server.ts";
import { watchdogName } from "./watchdog-name.ts";

const lookEveryMs = 500;
const lonelyMs = 5_000;

interface Look {
  readonly pid: number;
  readonly clients: number;
  readonly received: number;
}

const [folder, socket, log, program] = process.argv.slice(2) as [string, string, string, string];
const client = await connectServer({ folder, socket, log, program });
await client.ask(`CLIENT SETNAME ${watchdogName}`);

process.exitCode = (await loads()) ? 0 : 1;

let before = await look();
let seenMs = performance.now();
while (before) {
  await wait(lookEveryMs);
  const now = await look();
  if (!now || hasCompany(now, before)) seenMs = performance.now();
  before = now;
  if (!now || performance.now() - seenMs < lonelyMs) continue;
  if (await end(now)) break;
  seenMs = performance.now();
}
client.close();

/** A server listens before it has read its files, and ends when it cannot read them. */
async function loads(): Promise<boolean> {
  for (;;) {
    const pong = await client.ask("PING");
    if (!pong?.startsWith("-LOADING")) return pong !== undefined;
    await wait(20);
  }
}

/** Whether the server ended: not if a client came at the last moment. */
async function end(last: Look): Promise<boolean> {
  // The folder was removed, and perhaps made anew: at a SHUTDOWN the server would unlink the socket of the new one's.
  if (!isFolderOurs()) return process.kill(last.pid, "SIGKILL");

  await rename(socket, closingSocket(socket));
  // Twice: who connected just before the rename may be accepted only after the first look.
  const looks = [await look(), await look()];
  const isWanted = looks.some((now) => now && hasCompany(now, last));
  // A SHUTDOWN is answered by the end of the connection; anything else is a refusal.
  if (isWanted || (await client.ask("SHUTDOWN")) !== undefined) {
    await rename(closingSocket(socket), socket);
    return false;
  }
  await rm(closingSocket(socket), { force: true });
  return true;
}

/** Undefined when the server is gone. */
async function look(): Promise<Look | undefined> {
  const info = await client.ask("INFO");
  if (info === undefined) return undefined;
  const field = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1]);
  return {
    pid: field("process_id"),
    clients: field("connected_clients"),
    received: field("total_connections_received"),
  };
}

/** Others are connected, or came and went in between: whoever opens looks first, and connects a moment later. */
function hasCompany(now: Look, before: Look): boolean {
  return now.clients > 1 || now.received !== before.received;
}

function isFolderOurs(): boolean {
  const file = statSync(join(folder, "watchdog.lock"), { throwIfNoEntry: false });
  return file?.ino === fstatSync(lockDescriptor).ino;
}

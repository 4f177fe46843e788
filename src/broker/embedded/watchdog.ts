// A process of its own: starts the embedded server, ends it some seconds after its last client, and ends with it.
// It runs under a kernel lock that its starter took, so that there is one of it at a time.
import { rename, rm } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { RespClient } from "./resp.ts";
import { closingSocket, connectServer } from "./server.ts";
import { watchdogName } from "./watchdog-name.ts";

const lookEveryMs = 500;
const lonelyMs = 5_000;

const [folder, socket, log, program] = process.argv.slice(2) as [string, string, string, string];
const client = await connectServer({ folder, socket, log, program });
await client.ask(`CLIENT SETNAME ${watchdogName}`);
await untilLonely(client);
await client.ask("SHUTDOWN"); // answered by the end of the connection
await rm(closingSocket(socket), { force: true });

/** Resolves when no other client was there for a while and none can come any more, or when the server has ended by itself. */
async function untilLonely(client: RespClient): Promise<void> {
  let seenMs = performance.now();
  let before = "";
  for (;;) {
    await wait(lookEveryMs);
    const now = await look(client);
    if (now === undefined) return;
    if (now.others || now.received !== before) seenMs = performance.now();
    before = now.received;
    if (performance.now() - seenMs < lonelyMs) continue;

    await rename(socket, closingSocket(socket));
    const last = await look(client); // who came a moment ago is seen now
    if (last === undefined || (!last.others && last.received === before)) return;
    await rename(closingSocket(socket), socket);
    seenMs = performance.now();
  }
}

/** Whether others are connected, and how many have ever come: a knock between two looks counts as well. */
async function look(client: RespClient): Promise<{ others: boolean; received: string } | undefined> {
  const clients = await client.ask("CLIENT LIST");
  const stats = await client.ask("INFO stats");
  if (clients === undefined || stats === undefined) return undefined;
  return {
    others: clients.split("\n").some((line) => line.startsWith("id=") && !line.includes(` name=${watchdogName} `)),
    received: /total_connections_received:(\d+)/.exec(stats)?.[1] ?? "",
  };
}

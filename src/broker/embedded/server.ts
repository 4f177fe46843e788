import { spawn } from "node:child_process";
import { once } from "node:events";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { locked, lockLost } from "./locked.ts";
import { connectResp, type RespClient } from "./resp.ts";

export interface ServerPlace {
  readonly folder: string;
  readonly socket: string;
  readonly log: string;
  /** The redis-server to start. */
  readonly program: string;
}

/** Where the socket stands while its server is closed, out of the reach of new clients. */
export const closingSocket = (socket: string): string => `${socket}~`;

/** A connection to the folder's server: to the one that runs, else to a new one. */
export async function connectServer(place: ServerPlace): Promise<RespClient> {
  for (;;) {
    const client = (await connectResp(place.socket)) ?? (await reopen(place.socket)) ?? (await start(place));
    if (client) return client;
    await wait(20);
  }
}

/** A watchdog killed halfway through its close leaves a server behind whose socket is put away. */
async function reopen(socket: string): Promise<RespClient | undefined> {
  const client = await connectResp(closingSocket(socket));
  if (client) await rename(closingSocket(socket), socket);
  return client;
}

/** Undefined while an older server, which answers no more, still holds the lock. */
async function start(place: ServerPlace): Promise<RespClient | undefined> {
  // A server unlinks a socket that it finds at its start, so a second one would silently split the clients in two:
  // hence the lock, which the server itself holds, and every process that it forks to write its files.
  const { program, args } = locked(join(place.folder, "server.lock"), [place.program, ...settings(place)]);
  // A session of its own: the Ctrl-C of a shell must not reach it.
  const server = spawn(program, args, { cwd: place.folder, detached: true, stdio: ["ignore", "ignore", "inherit"] });
  server.unref();
  const ended = once(server, "exit").then(([code]) => ({ code: code as number | null }));

  for (;;) {
    const client = await connectResp(place.socket);
    if (client) return client;
    const end = await Promise.race([ended, wait(5, undefined)]);
    if (end?.code === lockLost) return undefined;
    if (end) throw new Error(`${place.program} ended at its start with ${end.code ?? "a signal"}`);
  }
}

function settings({ folder, socket, log }: ServerPlace): string[] {
  return Object.entries({
    port: "0",
    unixsocket: socket,
    unixsocketperm: "700",
    dir: folder,
    logfile: log,
    daemonize: "no",
    appendonly: "yes",
    appendfsync: "everysec",
    save: "",
    "maxmemory-policy": "noeviction",
  }).flatMap(([name, value]) => [`--${name}`, value]);
}

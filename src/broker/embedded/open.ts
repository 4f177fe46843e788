import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { TaskqError } from "../../errors.ts";
import { findServer } from "./find-server.ts";
import { locked, lockLost, lockUnknown } from "./locked.ts";
import { lookAt } from "./look.ts";
import { type EmbeddedPaths, preparePaths } from "./paths.ts";

const startLimitMs = 30_000;
const lookEveryMs = 20;
/** More than one: a server killed from outside at its start looks the same. */
const failureLimit = 3;

/**
 * Sees to it that the project's private server runs, and resolves to its socket. It ends some 5 s after its last client:
 * connect at once, and open again when the connection is lost.
 */
export async function openEmbedded(folder: string): Promise<{ readonly socket: string }> {
  const paths = await preparePaths(folder);
  const deadline = performance.now() + startLimitMs;
  let program: string | undefined;
  let watchdog: ChildProcess | undefined;
  let failures = 0;

  for (;;) {
    const state = await lookAt(paths.socket);
    if (state === "ready") return { socket: paths.socket };
    if (watchdog && hasFailed(watchdog)) {
      if (++failures === failureLimit) throw failure(watchdog, paths);
      watchdog = undefined;
    }
    if (performance.now() > deadline) throw unreachable(`did not answer within ${startLimitMs / 1_000} s`, paths);

    if (state !== "loading" && (!watchdog || hasEnded(watchdog))) {
      program ??= await findServer();
      watchdog = startWatchdog(program, paths);
    }
    await wait(lookEveryMs);
  }
}

function startWatchdog(server: string, { folder, socket, log }: EmbeddedPaths): ChildProcess {
  const command = [process.execPath, ...entry(), folder, socket, log, server];
  const { program, args } = locked(join(folder, "watchdog.lock"), command);
  const errors = openSync(log, "a");
  // A session of its own: the Ctrl-C of this shell must not reach it.
  const watchdog = spawn(program, args, { cwd: folder, detached: true, stdio: ["ignore", "ignore", errors] });
  closeSync(errors);
  watchdog.unref();
  return watchdog;
}

/** Node's arguments for the watchdog: our own sources, in the tests, go through jiti, since Node 20 reads no TypeScript. */
function entry(): string[] {
  if (!import.meta.url.endsWith(".ts")) return [fileURLToPath(new URL("./watchdog.js", import.meta.url))];
  return ["--import", import.meta.resolve("jiti/register"), fileURLToPath(new URL("./watchdog.ts", import.meta.url))];
}

/** Who lost the lock waits for the winner's server; who ended well saw its server end, and another is started. */
const hasFailed = ({ exitCode }: ChildProcess) => exitCode !== null && exitCode !== 0 && exitCode !== lockLost;

function failure({ exitCode }: ChildProcess, paths: EmbeddedPaths): TaskqError {
  if (exitCode !== lockUnknown) return unreachable("did not start", paths);
  return new TaskqError("BROKER_MISSING", "the embedded broker needs flock or perl, and neither is installed", {
    hint: "Install util-linux or perl.",
  });
}

function unreachable(what: string, { log }: EmbeddedPaths): TaskqError {
  return new TaskqError("BROKER_UNREACHABLE", `the embedded broker ${what}`, { hint: `Read ${log}.` });
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { atExit } from "../helpers/at-exit.ts";
import { until } from "./until.ts";

/** The project whose jobs write the ledger. */
export const project = fileURLToPath(new URL("project", import.meta.url));
const bin = fileURLToPath(new URL("../../dist/bin/taskq.js", import.meta.url));

export interface LoggedEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** A real worker process. */
export interface WorkerProcess {
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** The events that it logged. */
  readonly events: () => readonly LoggedEvent[];
  /** What it wrote to stderr. */
  readonly complaints: () => string;
  readonly count: (event: string) => number;
  /** Until it has logged so many of them. Default one. */
  readonly waitFor: (event: string, options?: { readonly count?: number; readonly limitMs?: number }) => Promise<void>;
  /** Until it has written something like this to stderr. */
  readonly complaint: (like: RegExp, limitMs?: number) => Promise<void>;
  readonly isAlive: () => boolean;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

export interface SpawnOptions {
  /** The project. Default: the one whose jobs write the ledger. */
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** A command that runs it, such as `unshare`. */
  readonly within?: readonly string[] | undefined;
}

/** A `taskq run-worker` of the built bin. */
export function spawnTaskqWorker(args: readonly string[], ledger: string, options?: SpawnOptions): WorkerProcess {
  return spawnWorker([bin, "run-worker", "--log", "json", ...args], ledger, options);
}

/** Any program that works for the ledger and logs one JSON object a line. */
export function spawnWorker(
  argv: readonly string[],
  ledger: string,
  { cwd = project, env = {}, within = [] }: SpawnOptions = {},
): WorkerProcess {
  const [command, ...words] = [...within, process.execPath, ...argv] as [string, ...string[]];
  const child = spawn(command, words, {
    cwd,
    env: { ...process.env, TASKQ_BROKER_URL: undefined, REDIS_URL: undefined, ...env, LEDGER: ledger },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.once(
    "exit",
    atExit(() => void child.kill("SIGKILL")),
  );
  const events: LoggedEvent[] = [];
  let complaints = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.endsWith("}")) events.push(JSON.parse(line) as LoggedEvent); // the last line of a killed process may be cut
  });
  child.stderr.on("data", (chunk) => {
    complaints = (complaints + chunk).slice(-10_000);
  });
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal }));
  const count = (event: string) => events.filter((seen) => seen.event === event).length;
  const isAlive = () => child.exitCode === null && child.signalCode === null;

  return {
    pid: child.pid!,
    kill: (signal) => void child.kill(signal),
    events: () => events,
    complaints: () => complaints,
    isAlive,
    ended,
    count,
    complaint: (like, limitMs) => until(() => like.test(complaints), `a complaint like ${like}`, limitMs),
    waitFor: (event, { count: wanted = 1, limitMs } = {}) =>
      until(
        async () => {
          if (count(event) >= wanted) return true;
          if (isAlive()) return false;
          await ended; // what it wrote may come after its end
          if (count(event) >= wanted) return true;
          throw new Error(`the worker ended before "${event}": ${complaints}`);
        },
        `the event "${event}"`,
        limitMs,
      ),
  };
}

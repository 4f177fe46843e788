import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { type Client, createClient } from "../../src/client/client.ts";
import { startRedis, type TestRedis } from "../helpers/redis.ts";

const project = fileURLToPath(new URL("project", import.meta.url));
const bin = fileURLToPath(new URL("../../dist/bin/taskq.js", import.meta.url));
const generousMs = 45_000;

/** A test that outlasts its time is not left by its end, so what it started is stopped with its file. */
const rigs = new Set<() => Promise<void>>();
afterAll(() => Promise.all([...rigs].map((stop) => stop())));

/** One line of the ledger: a job's start or end, in the process that ran it. */
export interface Entry {
  readonly what: "start" | "end";
  readonly id: string;
  readonly pid: number;
  readonly atMs: number;
}

/** What the jobs themselves wrote, whatever became of their process. */
export interface Ledger {
  readonly entries: () => Entry[];
  readonly started: (id: string) => Entry[];
  readonly ended: (id: string) => Entry[];
  /** Those that never ended. */
  readonly lost: (ids: readonly string[]) => string[];
  /** Those that ended more than once. */
  readonly twice: () => string[];
  readonly waitFor: (predicate: (ledger: Ledger) => boolean, limitMs?: number) => Promise<void>;
}

/** A real worker process. */
export interface WorkerProcess {
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** The events that it logged. */
  readonly events: () => { readonly event: string; readonly [field: string]: unknown }[];
  readonly count: (event: string) => number;
  /** Until it has said something like this on standard error. */
  readonly complaint: (like: RegExp, limitMs?: number) => Promise<void>;
  /** Until it has logged so many of them. Default one. */
  readonly waitFor: (event: string, options?: { readonly count?: number; readonly limitMs?: number }) => Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

export interface Rig extends AsyncDisposable {
  readonly redis: TestRedis;
  readonly client: Client;
  readonly ledger: Ledger;
  /** Resolves when the process is ready for jobs. */
  readonly startWorker: (...args: readonly string[]) => Promise<WorkerProcess>;
  /** The same as if on another machine: nobody can see from outside whether the process lives. */
  readonly startRemoteWorker: (...args: readonly string[]) => Promise<WorkerProcess>;
  /** Returns the ids of those that the broker acknowledged. */
  readonly enqueue: (count: number, job: string, args?: object) => Promise<string[]>;
  readonly stop: () => Promise<void>;
}

export interface RigOptions {
  /** Whether what Redis has acknowledged outlives its SIGKILL. */
  readonly keepsData?: boolean;
  /** Whether the test has commands refused. */
  readonly refusals?: boolean;
  /** Of the workers. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Worker processes of a project of its own, their ledger, and a Redis that can be killed, frozen and brought back. */
export async function createRig({ keepsData = false, refusals = false, env = {} }: RigOptions = {}): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), "taskq-faults-"));
  const file = join(folder, "ledger");
  writeFileSync(file, "");
  const redis = await startRedis({
    args: keepsData ? ["--appendonly", "yes", "--appendfsync", "always"] : [],
    refusals,
  });
  const client = await createClient({ cwd: project, broker: redis.url }).catch(async (error: unknown) => {
    await redis.stop();
    throw error;
  });
  const workers: WorkerProcess[] = [];

  async function stop(): Promise<void> {
    if (!rigs.delete(stop)) return;
    for (const worker of workers) worker.kill("SIGKILL");
    await Promise.all(workers.map(({ ended }) => ended));
    await client.close();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }

  async function start(command: readonly string[], args: readonly string[]): Promise<WorkerProcess> {
    const worker = spawnWorker([...command, bin, "run-worker", "--broker", redis.url, ...args], {
      ...env,
      LEDGER: file,
    });
    workers.push(worker);
    await worker.waitFor("started");
    return worker;
  }

  rigs.add(stop);

  return {
    redis,
    client,
    ledger: openLedger(file),
    startWorker: (...args) => start([process.execPath], args),
    startRemoteWorker: (...args) =>
      start(["unshare", "--fork", "--pid", "--mount-proc", "--kill-child", process.execPath], args),
    async enqueue(count, job, args = {}) {
      const receipts = await Promise.all(Array.from({ length: count }, () => client.enqueue(job, args)));
      return receipts.map(({ id }) => id);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function spawnWorker([command, ...args]: readonly string[], env: Readonly<Record<string, string>>): WorkerProcess {
  const child = spawn(command!, [...args, "--log", "json"], {
    cwd: project,
    env: { ...process.env, TASKQ_BROKER_URL: undefined, REDIS_URL: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const events: { event: string }[] = [];
  let complaints = "";
  createInterface({ input: child.stdout }).on("line", (line) => events.push(JSON.parse(line) as { event: string }));
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal }));

  const count = (event: string) => events.filter((seen) => seen.event === event).length;

  return {
    pid: child.pid!,
    kill: (signal) => void child.kill(signal),
    events: () => events,
    ended,
    count,
    complaint: (like, limitMs) => until(() => like.test(complaints), `a complaint like ${like}`, limitMs),
    waitFor: (event, { count: wanted = 1, limitMs } = {}) =>
      until(
        () => {
          if (count(event) >= wanted) return true;
          if (child.exitCode === null && child.signalCode === null) return false;
          throw new Error(`the worker ended before "${event}": ${complaints}`);
        },
        `the event "${event}"`,
        limitMs,
      ),
  };
}

function openLedger(file: string): Ledger {
  const entries = () => readFileSync(file, "utf8").split("\n").filter(Boolean).map(toEntry);
  const of = (what: Entry["what"], id: string) => entries().filter((entry) => entry.what === what && entry.id === id);
  const endedIds = () => entries().flatMap(({ what, id }) => (what === "end" ? [id] : []));

  const ledger: Ledger = {
    entries,
    started: (id) => of("start", id),
    ended: (id) => of("end", id),
    lost(ids) {
      const ended = new Set(endedIds());
      return ids.filter((id) => !ended.has(id));
    },
    twice() {
      const ids = endedIds();
      return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
    },
    waitFor: (predicate, limitMs) => until(() => predicate(ledger), "the ledger", limitMs),
  };
  return ledger;
}

function toEntry(line: string): Entry {
  const [what, id, pid, atMs] = line.split(" ") as [Entry["what"], string, string, string];
  return { what, id, pid: Number(pid), atMs: Number(atMs) };
}

/** Looks again and again, since another process's files and output give no signal. */
async function until(condition: () => boolean | Promise<boolean>, what: string, limitMs = generousMs): Promise<void> {
  const deadlineMs = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`${what} did not come within ${limitMs} ms`);
    await wait(20);
  }
}

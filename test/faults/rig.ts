import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type Client, createClient } from "../../src/client/client.ts";
import { startRedis, type TestRedis } from "../helpers/redis.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { project, spawnTaskqWorker, type WorkerProcess } from "./worker-process.ts";

/** A test that outlasts its time is not left by its end, so what it started is stopped with its file. */
const rigs = new Set<() => Promise<void>>();
afterAll(() => Promise.all([...rigs].map((stop) => stop())));

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

  async function start(args: readonly string[], within?: readonly string[]): Promise<WorkerProcess> {
    const worker = spawnTaskqWorker(["--broker", redis.url, ...args], file, { env, within });
    workers.push(worker);
    await worker.waitFor("started");
    return worker;
  }

  rigs.add(stop);

  return {
    redis,
    client,
    ledger: openLedger(file),
    startWorker: (...args) => start(args),
    startRemoteWorker: (...args) => start(args, ["unshare", "--fork", "--pid", "--mount-proc", "--kill-child"]),
    async enqueue(count, job, args = {}) {
      const receipts = await Promise.all(Array.from({ length: count }, () => client.enqueue(job, args)));
      return receipts.map(({ id }) => id);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

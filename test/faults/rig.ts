import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Client, createClient } from "../../src/client/client.ts";
import { startRedis, type TestRedis } from "../helpers/redis.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { project, spawnTaskqWorker, type WorkerProcess } from "./worker-process.ts";

export interface Rig extends AsyncDisposable {
  readonly redis: TestRedis;
  readonly client: Client;
  readonly ledger: Ledger;
  /** Resolves when the process is ready for jobs. */
  readonly startWorker: (...args: readonly string[]) => Promise<WorkerProcess>;
  /** Returns the ids of those that the broker acknowledged. */
  readonly enqueue: (count: number, job: string, args?: object) => Promise<string[]>;
  readonly stop: () => Promise<void>;
}

/** Worker processes of a project of its own, their ledger, and a Redis that can be killed, frozen and brought back. */
export async function createRig({ keepsData = false }: { readonly keepsData?: boolean } = {}): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), "taskq-faults-"));
  const file = join(folder, "ledger");
  writeFileSync(file, "");
  const redis = await startRedis({ args: keepsData ? ["--appendonly", "yes", "--appendfsync", "always"] : [] });
  const client = await createClient({ cwd: project, broker: redis.url }).catch(async (error: unknown) => {
    await redis.stop();
    throw error;
  });
  const workers: WorkerProcess[] = [];

  async function stop(): Promise<void> {
    for (const worker of workers) worker.kill("SIGKILL");
    await Promise.all(workers.map(({ ended }) => ended));
    await client.close();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }

  onTestFinished(stop); // a test that outlasts its time is not left by its end

  return {
    redis,
    client,
    ledger: openLedger(file),
    async startWorker(...args) {
      const worker = spawnTaskqWorker(["--broker", redis.url, ...args], file);
      workers.push(worker);
      await worker.waitFor("started");
      return worker;
    },
    async enqueue(count, job, args = {}) {
      const receipts = await Promise.all(Array.from({ length: count }, () => client.enqueue(job, args)));
      return receipts.map(({ id }) => id);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type JobsOptions, Queue } from "bullmq";
import { Redis } from "ioredis";
import { atExit } from "../../helpers/at-exit.ts";
import { startRedis, type TestRedis } from "../../helpers/redis.ts";
import { type Ledger, openLedger } from "../ledger.ts";
import { spawnWorker, type WorkerProcess } from "../worker-process.ts";

export interface RawRig {
  readonly redis: TestRedis;
  /** To look at the server and to change it. */
  readonly admin: Redis;
  readonly queue: Queue;
  readonly ledger: Ledger;
  readonly startWorker: () => Promise<WorkerProcess>;
  /** Returns the ids. */
  readonly add: (count: number, job: string, args?: object, options?: JobsOptions) => Promise<string[]>;
}

export interface RawRigOptions {
  /** Every write is on disk before it is answered. */
  readonly keepsData?: boolean;
  readonly concurrency?: number;
}

const worker = fileURLToPath(new URL("../raw-worker.js", import.meta.url));

/** The rig with plain BullMQ in taskq's place. All of it is gone when `use` is done. */
export async function withRawRig<Result>(
  { keepsData = false, concurrency = 20 }: RawRigOptions,
  use: (rig: RawRig) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "taskq-raw-"));
  const file = join(folder, "ledger");
  writeFileSync(file, "");
  const forget = atExit(() => rmSync(folder, { recursive: true, force: true }));
  const redis = await startRedis({ args: keepsData ? ["--appendonly", "yes", "--appendfsync", "always"] : [] });
  const admin = new Redis(redis.adminUrl, { retryStrategy: () => 100 }).on("error", () => {}); // some measurements kill the server
  const queue = new Queue("work", { connection: { url: redis.adminUrl } });
  queue.on("error", () => {});
  const workers: WorkerProcess[] = [];

  try {
    return await use({
      redis,
      admin,
      queue,
      ledger: openLedger(file),
      async startWorker() {
        const started = spawnWorker([worker, redis.adminUrl, "work", String(concurrency)], file);
        workers.push(started);
        await started.waitFor("started");
        return started;
      },
      async add(count, job, args = {}, options) {
        const jobs = await queue.addBulk(
          Array.from({ length: count }, () => ({ name: job, data: args, ...(options && { opts: options }) })),
        );
        return jobs.map(({ id }) => id!);
      },
    });
  } finally {
    for (const started of workers) started.kill("SIGKILL");
    await Promise.all(workers.map(({ ended }) => ended));
    admin.disconnect();
    void queue.disconnect().catch(() => {}); // may never settle once the server is gone
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
    forget();
  }
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Client, ClientOptions } from "../../../src/client/client.ts";
import { atExit } from "../../helpers/at-exit.ts";
import { startRedis } from "../../helpers/redis.ts";
import { openLedger } from "../ledger.ts";
import { project, spawnTaskqWorker } from "../worker-process.ts";
import { createBrokenRedis } from "./broken-redis.ts";
import { judge, type Verdict } from "./judge.ts";
import { type Fault, planFaults } from "./plan.ts";
import { playFaults } from "./play.ts";
import { startProducers } from "./producers.ts";
import { createSlot } from "./slot.ts";

export interface ChaosOptions {
  readonly seed: number;
  /** How long things are broken. After that, all must come to its end. */
  readonly forMs: number;
  readonly workers: number;
  readonly createClient: (options: ClientOptions) => Promise<Client>;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface ChaosResult extends Verdict {
  readonly faults: readonly Fault[];
}

/** A job's worker may have been lost at the last moment, and again its retry. */
const settleMs = 120_000;
const sayEveryMs = 10_000;

/** Workers, producers and a Redis, broken at random by a plan; then the judgement. Leaves nothing behind. */
export async function runChaos({
  seed,
  forMs,
  workers,
  createClient,
  say,
  signal,
}: ChaosOptions): Promise<ChaosResult> {
  const folder = mkdtempSync(join(tmpdir(), "taskq-chaos-"));
  const file = join(folder, "ledger");
  writeFileSync(file, "");
  const forget = atExit(() => rmSync(folder, { recursive: true, force: true }));
  const stopping = new AbortController();
  const stopped = AbortSignal.any([signal, stopping.signal]);
  const redis = await startRedis({ args: ["--appendonly", "yes", "--appendfsync", "always"] });
  const client = await createClient({ cwd: project, broker: redis.url });
  const broken = createBrokenRedis(redis, stopped);
  const spawned: ReturnType<typeof spawnTaskqWorker>[] = [];
  const slots = Array.from({ length: workers }, (_, index) =>
    createSlot(() => {
      const worker = spawnTaskqWorker(["--broker", redis.url, "--name", `worker${index + 1}`], file);
      spawned.push(worker);
      return worker;
    }, stopped),
  );
  const ledger = openLedger(file);

  try {
    await Promise.all(slots.map((slot) => slot.waitUntilUp()));
    const faults = planFaults({ seed, forMs, workers });
    const startMs = Date.now();
    const sayAt = (line: string) => say(`${clock(Date.now() - startMs)}  ${line}`);
    const producers = startProducers(client, seed, stopped);
    const status = setInterval(() => {
      const entries = ledger.entries();
      const ended = new Set(entries.flatMap(({ what, id }) => (what === "end" ? [id] : []))).size;
      const starts = entries.filter(({ what }) => what === "start").length;
      sayAt(`${producers.acknowledged.length} acknowledged, ${ended} ended, ${starts} starts`);
    }, sayEveryMs);
    try {
      await playFaults(faults, { slots, redis: broken, say: sayAt, signal: stopped });
      await wait(Math.max(0, forMs - (Date.now() - startMs)), undefined, { signal: stopped });
      await producers.end();
      sayAt("no more faults; all that was acknowledged must come to its end");
      const deadlineMs = Date.now() + settleMs;
      while ((await broken.countLeft()) > 0 && Date.now() < deadlineMs) await wait(200, undefined, { signal: stopped });
    } finally {
      clearInterval(status);
    }

    const failed = await broken.readFailed();
    await Promise.all(slots.map((slot) => slot.end()));
    const verdict = judge({
      acknowledged: producers.acknowledged,
      entries: ledger.entries(),
      lives: slots.flatMap(({ lives }) => lives),
      redisAway: broken.away,
      failed,
    });
    return { ...verdict, faults };
  } finally {
    stopping.abort();
    for (const worker of spawned) worker.kill("SIGKILL");
    await Promise.all(spawned.map(({ ended }) => ended));
    await client.close();
    broken.disconnect();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
    forget();
  }
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}

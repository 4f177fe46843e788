import { addressOf } from "../../definition/address-of.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { Attempt } from "../../runner/attempt/attempt.ts";
import type { Delay } from "../../serve/loop-delay.ts";
import type { Identity } from "../identity.ts";
import { version } from "../version.ts";
import type { JobCounts } from "./count-jobs.ts";
import type { Health } from "./health.ts";

/** What `/status` tells of a worker process; docs/reference/json.md has each field. */
export interface WorkerStatus {
  readonly name: string;
  readonly app: string;
  readonly release: string;
  readonly version: string;
  readonly pid: number;
  readonly host: string;
  readonly startedAt: string;
  readonly state: ReturnType<Health["state"]>;
  readonly broker: { readonly address: string; readonly up: boolean };
  readonly queues: readonly { readonly queue: string; readonly concurrency: number; readonly active: number }[];
  readonly active: readonly {
    readonly id: string;
    readonly job: string;
    readonly queue: string;
    readonly sinceMs: number;
    readonly abandoned: boolean;
  }[];
  readonly counts: JobCounts;
  readonly schedules: number;
  readonly memoryBytes: number;
  readonly eventLoopDelayMs: Delay;
}

export interface StatusOptions {
  readonly config: ResolvedConfig;
  readonly identity: Identity;
  readonly queues: readonly string[];
  readonly schedules: number;
  readonly health: Health;
  readonly counts: JobCounts;
  readonly attempts: readonly Attempt[];
  readonly active: ReadonlyMap<string, number>;
  readonly delayMs: Delay;
}

const mostShown = 100;

export function createStatus(options: StatusOptions): WorkerStatus {
  const { config, identity, queues, schedules, health, counts, attempts, active, delayMs } = options;
  const { name, app, release, pid, host, startedAtMs } = identity;
  return {
    name,
    app,
    release,
    version,
    pid,
    host,
    startedAt: new Date(startedAtMs).toISOString(),
    state: health.state(),
    broker: { address: addressOf(config.broker), up: health.brokerUp() },
    queues: queues.map((queue) => ({
      queue,
      concurrency: config.queue(queue).concurrency,
      active: active.get(queue) ?? 0,
    })),
    active: attempts.slice(0, mostShown).map(toActive),
    counts: { ...counts },
    schedules,
    memoryBytes: process.memoryUsage.rss(),
    eventLoopDelayMs: delayMs,
  };
}

function toActive({ delivery: { id, job, queue }, startedAtMs, abandoned }: Attempt): WorkerStatus["active"][number] {
  return { id, job, queue, sinceMs: Date.now() - startedAtMs, abandoned };
}

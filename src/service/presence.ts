import type { Broker } from "../broker/broker.ts";
import { beatMs, beatRunner, type Ended, type RunnerRecord, removeRunner } from "../broker/store/runners.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Attempt } from "../runner/attempt.ts";
import type { RunnerEvent } from "../runner/events.ts";
import type { Identity } from "./identity.ts";
import { version } from "./version.ts";

export interface PresenceOptions {
  readonly broker: Broker;
  readonly config: ResolvedConfig;
  readonly identity: Identity;
  readonly queues: readonly string[];
  readonly active: () => readonly Attempt[];
}

/** Tells the store every few seconds that this process lives, what it runs, and what has ended. */
export interface Presence {
  readonly start: () => Promise<void>;
  readonly count: (event: RunnerEvent) => void;
  readonly closing: () => void;
  readonly end: () => Promise<void>;
}

const mostShown = 100;

export function createPresence({ broker, config, identity, queues, active }: PresenceOptions): Presence {
  const { id, name, host, pid, app, release, startedAtMs } = identity;
  const workers = queues.map((queue) => ({ queue, concurrency: config.queue(queue).concurrency }));
  const ended = new Map(queues.map((queue) => [queue, { completed: 0, failed: 0 }]));
  let state: RunnerRecord["state"] = "running";
  let timer: NodeJS.Timeout | undefined;

  function record(): RunnerRecord {
    return {
      name,
      host,
      pid,
      app,
      release,
      version,
      queues: workers,
      state,
      startedAtMs,
      active: active().slice(0, mostShown).map(toActive),
      memoryBytes: process.memoryUsage.rss(),
    };
  }

  async function beat(): Promise<void> {
    const counts: Ended[] = [...ended].map(([queue, count]) => ({ queue, ...count }));
    for (const count of ended.values()) Object.assign(count, { completed: 0, failed: 0 });
    await beatRunner(broker, id, record(), counts).catch(() => {}); // the connection tells of its own trouble
  }

  return {
    async start() {
      await beat();
      timer = setInterval(() => void beat(), beatMs).unref();
    },
    count(event) {
      const count = "queue" in event ? ended.get(event.queue) : undefined;
      if (!count) return;
      if (event.type === "completed") count.completed++;
      if (event.type === "failed" && event.final) count.failed++;
    },
    closing() {
      state = "closing";
      void beat();
    },
    async end() {
      clearInterval(timer);
      await beat(); // the last counts
      await removeRunner(broker, id, queues).catch(() => {}); // it lapses by itself
    },
  };
}

function toActive({ delivery: { id, job }, startedAtMs, abandoned }: Attempt): RunnerRecord["active"][number] {
  return { id, job, sinceMs: Date.now() - startedAtMs, abandoned };
}

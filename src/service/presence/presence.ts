import { type Broker, renewConnection } from "../../broker/broker.ts";
import { mayLeave, type Residence } from "../../broker/store/owners.ts";
import { writeRelease } from "../../broker/store/releases.ts";
import { beatMs, beatRunner, type Ended, type RunnerRecord, removeRunner } from "../../broker/store/runners.ts";
import type { Attempt } from "../../runner/attempt/attempt.ts";
import type { RunnerEvent } from "../../runner/events.ts";
import type { Identity } from "../identity.ts";
import type { ServiceOptions } from "../parts.ts";
import { version } from "../version.ts";
import { type Beat, createPulse } from "./pulse.ts";

export interface PresenceOptions
  extends Pick<ServiceOptions, "config" | "catalog" | "queues" | "schedules" | "isInPool"> {
  readonly broker: Broker;
  readonly identity: Identity;
  readonly residence: Residence | undefined;
  readonly active: () => readonly Attempt[];
  /** The broker did not answer in time. */
  readonly onLate: () => void;
  readonly onBeat: (beat: Beat) => void;
}

/** Tells the store every few seconds that this process lives, what it runs, and what has ended. */
export interface Presence {
  /** Before the first job is taken: from now on others know whose it is. */
  readonly start: () => Promise<void>;
  readonly count: (event: RunnerEvent) => void;
  readonly closing: () => void;
  readonly quiet: (isQuiet: boolean) => void;
  /** What the store is told. */
  readonly record: () => RunnerRecord;
  readonly stop: () => void;
  /** Says goodbye, unless jobs are left that others have to take back. */
  readonly end: (unfinished: number) => Promise<void>;
}

const mostShown = 100;

export function createPresence(options: PresenceOptions): Presence {
  const { broker, config, catalog, identity, residence, queues, active, onLate, onBeat } = options;
  const { id, name, host, pid, app, release, startedAtMs } = identity;
  const workers = queues.map((queue) => ({ queue, concurrency: config.queue(queue).concurrency }));
  const ended = new Map(queues.map((queue) => [queue, { completed: 0, failed: 0 }]));
  let state: RunnerRecord["state"] = "running";
  const owner = { queues, residence: residence ?? null };
  const declared = { jobs: catalog.jobs.map((job) => job.name), schedules: catalog.schedules.map((each) => each.name) };

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
      shutdownTimeoutMs: config.shutdownTimeoutMs,
      poolPid: options.isInPool ? process.ppid : null,
    };
  }

  async function beat(): Promise<void> {
    const counts: Ended[] = [...ended].map(([queue, count]) => ({ queue, ...count }));
    for (const count of ended.values()) Object.assign(count, { completed: 0, failed: 0 });
    const told = { ...record(), syncs: options.schedules };
    const isKnown = await beatRunner(broker, id, told, owner, counts);
    if (!isKnown) await writeRelease(broker, release, declared);
  }

  const pulse = createPulse({ everyMs: beatMs, beat, onLate, onSilent: () => renewConnection(broker), onBeat });

  return {
    start: pulse.start,
    stop: pulse.stop,
    count(event) {
      const count = "queue" in event ? ended.get(event.queue) : undefined;
      if (!count) return;
      if (event.type === "completed") count.completed++;
      if (event.type === "failed" && event.final) count.failed++;
    },
    closing() {
      state = "closing";
      void pulse.now();
    },
    quiet(isQuiet) {
      state = isQuiet ? "quiet" : "running";
      void pulse.now();
    },
    record,
    async end(unfinished) {
      pulse.stop();
      await beat().catch(() => {}); // the last counts
      if (unfinished > 0) return;
      // Where the broker does not answer, its silence tells the others.
      await mayLeave(broker, id, queues)
        .then((may) => (may ? removeRunner(broker, id, queues) : undefined))
        .catch(() => {});
    },
  };
}

function toActive(attempt: Attempt): RunnerRecord["active"][number] {
  const { delivery, startedAtMs, abandoned, progress } = attempt;
  const { id, job, queue } = delivery;
  return { id, job, queue, sinceMs: Date.now() - startedAtMs, abandoned, progress: shorten(progress) };
}

const longestProgress = 1_000;

/** A beat carries what a hundred jobs say of themselves. */
function shorten(progress: Attempt["progress"]): unknown {
  if (typeof progress !== "object") return progress ?? null;
  try {
    return JSON.stringify(progress).length <= longestProgress ? progress : null;
  } catch {
    return null; // the call that said it has failed too
  }
}

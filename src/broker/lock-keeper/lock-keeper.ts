import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { type Broker, locationOf } from "../broker.ts";
import type { ThreadData, ThreadMessage } from "./messages.ts";

export interface LockKeeperOptions {
  /** The runner's id. */
  readonly runner: string;
  readonly queues: readonly string[];
  /** How long a blocked loop is covered for; 0 for never. */
  readonly capMs: number;
  /** The process that this one must not outlive for longer than so long, not even with a blocked loop. */
  readonly parent?: { readonly pid: number; readonly outliveMs: number } | undefined;
  /** The loop turns again. */
  readonly onBlocked: (blocked: ThreadMessage) => void;
}

export interface LockKeeper {
  readonly stop: () => void;
}

const heartbeatMs = 500;

/**
 * A thread that says "alive" for this process while a handler blocks its event loop, so that no other process takes over the
 * jobs that still run here; and that ends a process which would outlive its parent so. While the loop turns it does nothing.
 */
export function createLockKeeper(
  broker: Broker,
  { runner, queues, capMs, parent, onBlocked }: LockKeeperOptions,
): LockKeeper {
  if (capMs === 0 && !parent) return { stop: () => {} };
  const heartbeat = new BigInt64Array(new SharedArrayBuffer(8));
  const beat = () => void Atomics.store(heartbeat, 0, BigInt(Date.now()));
  beat();
  const timer = setInterval(beat, heartbeatMs).unref();

  // Beside this file, and compiled or not as this one is.
  const entry = new URL(`./thread${extname(import.meta.url)}`, import.meta.url);
  const thread = new Worker(entry, {
    workerData: {
      heartbeat,
      url: locationOf(broker),
      prefix: broker.prefix,
      runner,
      queues,
      capMs,
      parent,
    } satisfies ThreadData,
    // The handlers' own flags and output are no business of this thread.
    execArgv: [],
    env: {},
    name: "taskq-lock-keeper",
  });
  thread.unref();
  thread.on("message", onBlocked);
  thread.on("error", () => {}); // without it a blocked loop is covered no longer, and nothing else changes

  return {
    stop() {
      clearInterval(timer);
      void thread.terminate();
    },
  };
}

import { setTimeout as wait } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { createRescue } from "./rescue.ts";

export interface ThreadData {
  /** When the main thread's loop last turned, in milliseconds since 1970. */
  readonly heartbeat: BigInt64Array;
  /** Where the broker is, password included. */
  readonly url: string;
  readonly prefix: string;
  /** The runner's id. */
  readonly runner: string;
  readonly queues: readonly string[];
  /** 0: a blocked loop is not covered. */
  readonly capMs: number;
  readonly parent: { readonly pid: number; readonly outliveMs: number } | undefined;
}

/** One block of the loop, told when it is over. */
export interface ThreadMessage {
  readonly blockedMs: number;
  readonly jobs: readonly { readonly queue: string; readonly id: string; readonly job: string }[];
}

const lookEveryMs = 500;
const blockedMs = 2_000;

const data = workerData as ThreadData;
const rescue = createRescue(data);
let orphanSinceMs: number | undefined;
if (data.parent) setInterval(endOrphan, lookEveryMs);

for (;;) {
  await wait(lookEveryMs);
  const sinceMs = Number(Atomics.load(data.heartbeat, 0));
  const silentMs = Date.now() - sinceMs;
  if (silentMs >= blockedMs && data.capMs > 0) await rescue.during(silentMs);
  else {
    const over = rescue.over();
    if (over) parentPort?.postMessage(over);
  }
}

/** The main thread closes when its parent is gone. One whose loop never turns again does not hear of it. */
function endOrphan(): void {
  if (!data.parent || process.ppid === data.parent.pid) return;
  orphanSinceMs ??= Date.now();
  if (Date.now() - orphanSinceMs > data.parent.outliveMs) process.kill(process.pid, "SIGKILL");
}

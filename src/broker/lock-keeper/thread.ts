import { setTimeout as wait } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { ThreadData } from "./messages.ts";
import { createRescue } from "./rescue.ts";

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
    const over = await rescue.over();
    if (over) parentPort?.postMessage(over);
  }
}

/** The main thread closes when its parent is gone. One whose loop never turns again does not hear of it. */
function endOrphan(): void {
  if (!data.parent || process.ppid === data.parent.pid) return;
  orphanSinceMs ??= Date.now();
  if (Date.now() - orphanSinceMs > data.parent.outliveMs) process.kill(process.pid, "SIGKILL");
}

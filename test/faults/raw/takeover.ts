import { setTimeout as wait } from "node:timers/promises";
import type { Finding } from "./measure.ts";
import { withRawRig } from "./rig.ts";

const trials = 3;
const jobs = 10;

/** SIGKILL of a worker beside another that lives: how long its jobs stand still. */
export const survivorTakeover = () => takeover("a survivor", false);

/** SIGKILL of the only worker, which is started again a second later on the same host. */
export const restartTakeover = () => takeover("its restart", true);

async function takeover(who: string, alone: boolean): Promise<Finding> {
  const tookMs = await Promise.all(
    // The phase of BullMQ's timers at the kill decides: each trial has another.
    Array.from({ length: trials }, (_, trial) => measure(alone, 1_000 + trial * 9_000)),
  );
  const seconds = tookMs.map((ms) => (ms / 1_000).toFixed(1)).join(" / ");
  return { line: `the last of ${jobs} jobs was started again by ${who} after ${seconds} s`, figures: { tookMs } };
}

const measure = (alone: boolean, phaseMs: number): Promise<number> =>
  withRawRig({ concurrency: jobs }, async ({ add, ledger, startWorker }) => {
    const victim = await startWorker();
    const ids = await add(jobs, "nap", { ms: 60_000 });
    await ledger.waitFor(() => ids.every((id) => ledger.started(id).length === 1));
    if (!alone) await startWorker();
    await wait(phaseMs);
    const killedMs = Date.now();
    victim.kill("SIGKILL");
    await victim.ended;
    if (alone) await wait(1_000).then(startWorker);
    await ledger.waitFor(() => ids.every((id) => ledger.started(id).length === 2), 150_000);
    return Math.max(...ids.map((id) => ledger.started(id)[1]!.atMs)) - killedMs;
  });

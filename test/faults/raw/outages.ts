import { setTimeout as wait } from "node:timers/promises";
import type { Finding } from "./measure.ts";
import { withRawRig } from "./rig.ts";

const active = 20;

/** Redis away for a while, with active jobs that end meanwhile and others that wait. */
export async function outages(): Promise<Finding> {
  const found = await Promise.all(
    [1, 20, 60].map(async (seconds) => ({ seconds, ...(await measure(seconds * 1_000)) })),
  );
  const line = found
    .map(
      ({ seconds, firstStartMs, cut, twice }) =>
        `${seconds} s away: ${firstStartMs === null ? "no start within 120 s" : `first start ${(firstStartMs / 1_000).toFixed(1)} s after its return`}, ${twice} of ${cut} that were active ran twice`,
    )
    .join("; ");
  return { line, figures: { active, outages: found } };
}

const measure = (awayMs: number) =>
  withRawRig({ keepsData: true }, async ({ add, ledger, redis, startWorker }) => {
    await startWorker();
    const ids = await add(active, "nap", { ms: 900 });
    const waiting = await add(active, "nap", { ms: 500 }); // there before the outage: no producer must come back first
    await ledger.waitFor(() => ids.every((id) => ledger.started(id).length === 1));
    await redis.kill();
    const cut = ids.filter((id) => ledger.ended(id).length === 0);
    await wait(awayMs);
    await redis.restart();
    const backMs = Date.now();
    const firstStart = () => ledger.entries().find(({ what, atMs }) => what === "start" && atMs > backMs)?.atMs;
    const deadlineMs = Date.now() + 120_000;
    while (firstStart() === undefined && Date.now() < deadlineMs) await wait(20);
    const first = firstStart();
    await wait(Math.max(0, backMs + 90_000 - Date.now())); // a job that is taken for stalled is run again within this time
    return {
      firstStartMs: first === undefined ? null : first - backMs,
      cut: cut.length,
      twice: cut.filter((id) => ledger.ended(id).length > 1).length,
      lost: ledger.lost([...ids, ...waiting]).length,
    };
  });

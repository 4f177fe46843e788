import type { Finding } from "./measure.ts";
import { withRawRig } from "./rig.ts";

const blockMs = 40_000;
const neighbours = 5;
const trials = 2;

/** A job that keeps the loop busy for longer than a lock, beside innocent ones and a second worker that lives. */
export async function blockedLoop(): Promise<Finding> {
  const found = [];
  for (let trial = 0; trial < trials; trial++) found.push(await measure());
  const line = found
    .map(
      ({ blocker, neighbours: runs, failed }) =>
        `the blocker ran ${blocker} times, its neighbours ${runs.join(", ")}; ${failed} ended failed`,
    )
    .join("; again: ");
  return { line: `loop blocked for ${blockMs / 1_000} s: ${line}`, figures: { blockMs, trials: found } };
}

const measure = () =>
  withRawRig({}, async ({ add, ledger, queue, startWorker }) => {
    await startWorker();
    const ids = await add(neighbours, "nap", { ms: 3_000 });
    await ledger.waitFor(() => ids.every((id) => ledger.started(id).length === 1));
    const [blocker] = await add(1, "block", { ms: blockMs });
    await ledger.waitFor(() => ledger.started(blocker!).length === 1);
    await startWorker();
    await ledger.waitFor(() => ledger.ended(blocker!).length > 0, blockMs * 4);
    const deadlineMs = Date.now() + 180_000;
    for (let quiet = 0; quiet < 10 && Date.now() < deadlineMs; ) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { active, waiting } = await queue.getJobCounts("active", "waiting");
      quiet = active || waiting ? 0 : quiet + 1;
    }
    return {
      blocker: ledger.started(blocker!).length,
      neighbours: ids.map((id) => ledger.started(id).length),
      failed: await queue.getFailedCount(),
    };
  });

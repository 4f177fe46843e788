import { setTimeout as wait } from "node:timers/promises";
import type { Finding } from "./measure.ts";
import { type RawRig, withRawRig } from "./rig.ts";

const neighbours = 10;

/** A job that kills its process, beside innocent ones; the process is started again each time. */
export const killingJob = (): Promise<Finding> =>
  withRawRig({}, async (rig) => {
    const { add, ledger, queue } = rig;
    const ids = await add(neighbours, "nap", { ms: 5_000 });
    await add(1, "killProcess", { ms: 1_000 });
    const crashes = await restartUntilIdle(rig, 240_000);
    const failed = (await queue.getFailed()).filter(({ name }) => name === "nap");
    const ended = ids.length - ledger.lost(ids).length;
    const [reason] = failed.map(({ failedReason }) => failedReason);
    return {
      line: `after ${crashes} crashes ${failed.length} of ${neighbours} innocent neighbours had failed${reason ? ` ("${reason}")` : ""}, ${ended} had ended`,
      figures: { crashes, neighbours, failed: failed.length, ended, reason },
    };
  });

/** A rejection that nobody handles, beside innocent jobs. */
export const unhandledRejection = (): Promise<Finding> =>
  withRawRig({}, async (rig) => {
    const { add, ledger, queue } = rig;
    const ids = await add(neighbours, "nap", { ms: 3_000 });
    await add(1, "rejectUnhandled", { ms: 1_000 });
    const crashes = await restartUntilIdle(rig, 240_000);
    const failed = (await queue.getFailed()).map(({ name }) => name);
    const twice = ids.filter((id) => ledger.started(id).length > 1).length;
    const ended = ids.length - ledger.lost(ids).length;
    return {
      line: `${crashes} crashes of the process; ${twice} of ${neighbours} neighbours were started again, ${ended} ended; failed for good: ${count(failed)}`,
      figures: { crashes, neighbours, startedAgain: twice, ended, failed },
    };
  });

/** A job whose hash holds no JSON, between good ones. */
export const corruptRecord = (): Promise<Finding> =>
  withRawRig({}, async ({ add, admin, ledger, queue, startWorker }) => {
    const watchMs = 150_000;
    const [bad] = await add(1, "nap", { ms: 0 });
    await admin.hset(queue.toKey(bad!), "data", "{no json");
    const good = await add(10, "nap", { ms: 0 });
    const worker = await startWorker();
    await ledger.waitFor(() => ledger.lost(good).length === 0);
    await wait(watchMs);
    const state = await queue.getJobState(bad!);
    const listing = await queue.getJobs().then(
      (jobs) => `lists ${jobs.length} jobs`,
      (error: unknown) => `throws ${String(error)}`,
    );
    const stalls = worker.events().filter(({ event }) => event === "stalled").length;
    const errors = worker.events().filter(({ event }) => event === "error").length;
    return {
      line: `after ${watchMs / 1_000} s it is ${state}, stalled ${stalls} times, ${errors} error events; getJobs() ${listing}`,
      figures: { state, stalls, errors, listing, watchMs },
    };
  });

/** Starts a worker whenever the last one has gone, as a supervisor does, until nothing waits or runs. */
async function restartUntilIdle({ queue, startWorker }: RawRig, limitMs: number): Promise<number> {
  const deadlineMs = Date.now() + limitMs;
  let worker = await startWorker();
  let crashes = 0;
  while (Date.now() < deadlineMs) {
    if (!worker.isAlive()) {
      crashes++;
      await wait(1_000);
      worker = await startWorker().catch(() => worker); // it may end before it is ready
    }
    const { active, waiting, delayed } = await queue.getJobCounts("active", "waiting", "delayed");
    if (!active && !waiting && !delayed) return crashes;
    await wait(200);
  }
  return crashes;
}

function count(names: readonly string[]): string {
  const kinds = [...new Set(names)].map((name) => `${names.filter((each) => each === name).length} ${name}`);
  return kinds.join(", ") || "none";
}

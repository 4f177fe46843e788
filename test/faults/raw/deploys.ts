import { setTimeout as wait } from "node:timers/promises";
import type { Finding } from "./measure.ts";
import { withRawRig } from "./rig.ts";

const jobs = 20;
const graceMs = 5_000;

/** Three deploys over jobs that outlast them: SIGTERM, SIGKILL after a grace, the next worker at once. */
export const deploys = (): Promise<Finding> =>
  withRawRig({}, async ({ add, ledger, queue, startWorker }) => {
    const standstillMs: number[] = [];
    let worker = await startWorker();
    const ids = await add(jobs, "endless", {}, { attempts: 3 });
    const startedTimes = (times: number) => ids.every((id) => ledger.started(id).length >= times);
    await ledger.waitFor(() => startedTimes(1));

    let failed = 0;
    for (let deploy = 1; deploy <= 3 && failed === 0; deploy++) {
      worker.kill("SIGTERM");
      const closed = await Promise.race([worker.ended.then(() => true), wait(graceMs, false)]);
      if (!closed) worker.kill("SIGKILL");
      await worker.ended;
      const goneMs = Date.now();
      worker = await startWorker();
      const deadlineMs = Date.now() + 180_000;
      while (!startedTimes(deploy + 1) && failed < jobs && Date.now() < deadlineMs) {
        await wait(200);
        failed = await queue.getFailedCount();
      }
      standstillMs.push(Date.now() - goneMs);
    }

    const reasons = [...new Set((await queue.getFailed()).map(({ failedReason }) => failedReason))];
    const seconds = standstillMs.map((ms) => (ms / 1_000).toFixed(0)).join(", ");
    return {
      line: `standstill of ${seconds} s; deploy ${standstillMs.length} failed ${failed} of ${jobs} for good${quote(reasons)}`,
      figures: { standstillMs, failed, jobs, reasons },
    };
  });

const quote = (reasons: readonly string[]) => (reasons.length > 0 ? `: "${reasons.join('", "')}"` : "");

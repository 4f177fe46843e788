import { setTimeout as wait } from "node:timers/promises";
import type { Finding } from "./measure.ts";
import { withRawRig } from "./rig.ts";

const jobs = 10_000;
const inFlight = 50;
const kills = 3;

/** Redis killed three times while jobs are added and run. Every job is known by a key of its own, whatever id it got. */
export const killedUnderLoad = (): Promise<Finding> =>
  withRawRig({ keepsData: true }, async ({ ledger, queue, redis, startWorker }) => {
    await startWorker();
    await startWorker();
    const acknowledged: string[] = [];
    let next = 0;
    async function produce(): Promise<void> {
      while (next < jobs) {
        const key = `key-${next++}`;
        await queue.add("nap", { key, ms: 20 });
        acknowledged.push(key);
      }
    }
    const produced = Promise.all(Array.from({ length: inFlight }, produce));
    for (let kill = 1; kill <= kills; kill++) {
      while (acknowledged.length < (jobs * kill) / (kills + 1)) await wait(10);
      await redis.kill();
      await wait(1_000);
      await redis.restart();
    }
    await produced;

    const deadlineMs = Date.now() + 180_000;
    while (ledger.lost(acknowledged).length > 0 && Date.now() < deadlineMs) await wait(500);
    await wait(5_000);
    const figures = {
      acknowledged: acknowledged.length,
      lost: ledger.lost(acknowledged).length,
      twice: ledger.twice().length,
      // BullMQ keeps what completed: more than was added means that one `add` made two jobs.
      addedTwice: (await queue.getCompletedCount()) - acknowledged.length,
    };
    return {
      line: `${kills} kills: ${figures.acknowledged} acknowledged, ${figures.lost} lost, ${figures.twice} run twice, ${figures.addedTwice} of them since their add made two jobs`,
      figures,
    };
  });

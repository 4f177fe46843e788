import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { produce } from "./producer.ts";
import { createRig } from "./rig.ts";

/** Beside what is promised, for a loaded machine: the figure itself is printed. */
const slackMs = 30_000;

test.concurrent("Redis killed under load, three times: nothing is lost, nothing ends twice", async () => {
  await using rig = await createRig({ keepsData: true });
  const worker = await rig.startWorker("--concurrency", "50");
  const load = produce(rig, { args: { ms: 20 }, everyMs: 20, producers: 20 });

  for (let kill = 1; kill <= 3; kill++) {
    await rig.ledger.waitFor(() => load.count() > 3_300 * kill);
    await rig.redis.kill();
    await worker.waitFor("brokerLost", { count: kill });
    await wait(1_000);
    await rig.redis.restart();
    await worker.waitFor("brokerBack", { count: kill });
  }
  const ids = await load.end();
  await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);

  console.log(`Redis killed 3 times under ${ids.length} jobs: lost 0, ended twice ${rig.ledger.twice().length}`);
  expect(ids.length).toBeGreaterThan(9_900);
  expect(rig.ledger.twice()).toEqual([]);
}, 300_000);

for (const [how, goes, returns] of [
  ["gone", "kill", "restart"],
  ["frozen", "freeze", "thaw"],
] as const) {
  for (const seconds of [1, 20, 60]) {
    test.concurrent(`Redis ${how} for ${seconds} s: work goes on within 3 s of its return, and jobs that ended meanwhile do not run again`, async () => {
      await using rig = await createRig({ keepsData: true });
      const workers = [await rig.startWorker(), await rig.startWorker()];
      const during = await rig.enqueue(10, "work.nap", { ms: seconds * 500 });
      const beyond = await rig.enqueue(4, "work.nap", { ms: seconds * 1_000 + 3_000 });
      await rig.ledger.waitFor((ledger) => [...during, ...beyond].every((id) => ledger.started(id).length === 1));

      await rig.redis[goes]();
      await wait(seconds * 1_000);
      await rig.redis[returns]();
      const backAtMs = Date.now();
      const load = produce(rig, { args: { ms: 0 } });
      await rig.ledger.waitFor(() => load.count() > 0);
      const enqueuedMs = Date.now() - backAtMs;
      const after = await load.end();
      await rig.ledger.waitFor((ledger) => ledger.ended(after[0]!).length === 1);
      const tookMs = rig.ledger.ended(after[0]!)[0]!.atMs - backAtMs;

      console.log(
        `Redis ${how} for ${seconds} s: enqueued ${enqueuedMs} ms, a new job ended ${tookMs} ms after its return`,
      );
      await wait(12_000); // longer than it takes to find a dead worker's jobs, so that a second run would have begun
      const ids = [...during, ...beyond, ...after];
      expect(rig.ledger.lost(ids)).toEqual([]);
      expect(ids.filter((id) => rig.ledger.started(id).length !== 1)).toEqual([]);
      expect(tookMs).toBeLessThan(3_000 + slackMs);
      if (seconds > 3) for (const worker of workers) expect(worker.count("brokerLost")).toBe(1);
    });
  }
}

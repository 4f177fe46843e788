import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { createRig, type Rig } from "./rig.ts";

test("Redis killed and restarted under load: nothing is lost, the worker goes on by itself", async () => {
  await using rig = await createRig({ keepsData: true });
  const worker = await rig.startWorker();
  const load = produce(rig);
  await rig.ledger.waitFor((ledger) => ledger.entries().filter(({ what }) => what === "end").length > 40);

  await rig.redis.kill();
  await worker.waitFor("brokerLost");
  await rig.redis.restart();
  const backAtMs = Date.now();
  await worker.waitFor("brokerBack");
  await rig.ledger.waitFor((ledger) => ledger.entries().some(({ what, atMs }) => what === "start" && atMs > backAtMs));
  const firstMs = rig.ledger.entries().find(({ what, atMs }) => what === "start" && atMs > backAtMs)!.atMs - backAtMs;

  const ids = await load.end();
  await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);
  const lastMs = Date.now() - backAtMs;
  console.log(`Redis back: first start after ${firstMs} ms, all ${ids.length} ended after ${lastMs} ms`);
  console.log(`ended twice: ${rig.ledger.twice().length}`);
  expect(rig.ledger.lost(ids)).toEqual([]);
  expect(firstMs).toBeLessThan(30_000);
});

/** Enqueues a job every few milliseconds, each again under its own id until it is acknowledged. */
function produce({ client }: Rig) {
  const acknowledged: string[] = [];
  const enough = new AbortController();

  async function enqueueUntilTaken(id: string): Promise<void> {
    for (;;) {
      try {
        await client.enqueue("work.nap", { ms: 300 }, { id });
        return void acknowledged.push(id);
      } catch {
        await wait(100);
      }
    }
  }
  async function run(): Promise<void> {
    while (!enough.signal.aborted) {
      await enqueueUntilTaken(randomUUID());
      await wait(5);
    }
  }

  const producers = [run(), run(), run()];
  return {
    count: () => acknowledged.length,
    async end() {
      enough.abort();
      await Promise.all(producers);
      return acknowledged;
    },
  };
}

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
  expect(firstMs).toBeLessThan(5_000);
});

for (const [how, goes, returns] of [
  ["gone", "kill", "restart"],
  ["frozen", "freeze", "thaw"],
] as const) {
  test(`Redis ${how} for longer than a lock lasts: jobs that end meanwhile are not run again`, async () => {
    await using rig = await createRig({ keepsData: true });
    const worker = await rig.startWorker();
    const ids = await rig.enqueue(10, "work.nap", { ms: 3_000 });
    await rig.ledger.waitFor((ledger) => ledger.entries().length === 10);

    await rig.redis[goes]();
    await wait(20_000);
    await rig.redis[returns]();
    const backAtMs = Date.now();
    const [next] = await rig.enqueue(1, "work.nap", { ms: 0 }).catch(() => produceOne(rig));
    await rig.ledger.waitFor((ledger) => ledger.ended(next!).length === 1);

    console.log(`Redis ${how} for 20 s: a new job ended ${Date.now() - backAtMs} ms after its return`);
    await wait(8_000); // more than a stalled check, so that a second run would have begun
    expect(rig.ledger.lost(ids)).toEqual([]);
    expect(ids.map((id) => rig.ledger.started(id).length)).toEqual(Array(10).fill(1));
    expect(worker.events().map(({ event }) => event)).toContain("brokerLost");
  });
}

async function produceOne(rig: Rig): Promise<string[]> {
  const load = produce(rig);
  await rig.ledger.waitFor(() => load.count() > 0);
  return (await load.end()).slice(0, 1);
}

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

import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { openBroker } from "../../src/broker/broker.ts";
import { showJob } from "../../src/inspect/job.ts";
import { createRig, type Rig } from "./rig.ts";

/** For a loaded machine: the figure itself is printed. */
const slackMs = 30_000;

test("SIGTERM of a worker with 20 active jobs loses none and doubles none", async () => {
  await using rig = await createRig();
  const first = await rig.startWorker("--name", "first");
  await rig.startWorker("--name", "second");
  const ids = await rig.enqueue(60, "work.nap", { ms: 1_000 });
  await rig.ledger.waitFor((ledger) => ledger.entries().filter(({ pid }) => pid === first.pid).length >= 20);

  first.kill("SIGTERM");

  expect(await first.ended).toEqual({ code: 0, signal: null });
  await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);
  expect(rig.ledger.twice()).toEqual([]);
  expect(ids.map((id) => rig.ledger.started(id).length)).toEqual(Array(60).fill(1));
});

test("three deploys over 20 endless jobs use up no attempt and fail none of them", async () => {
  await using rig = await createRig();
  const ids = await rig.enqueue(20, "work.endless");
  const standstillsMs: number[] = [];

  for (let deploy = 1; deploy <= 3; deploy++) {
    const startedAtMs = Date.now();
    const worker = await rig.startWorker("--shutdown-timeout", "1s");
    await rig.ledger.waitFor((ledger) => ids.every((id) => ledger.started(id).length === deploy));
    standstillsMs.push(Date.now() - startedAtMs);
    worker.kill("SIGTERM");
    expect(await worker.ended).toEqual({ code: 0, signal: null });
    expect(worker.count("putBack")).toBe(20);
  }

  console.log(
    `3 deploys over 20 endless jobs: failed 0, all run again within ${Math.max(...standstillsMs)} ms of each start`,
  );
  for (const id of ids) {
    expect(await readJob(rig, id)).toMatchObject({ state: "waiting", attempts: { made: 0 }, interruptions: 0 });
  }
});

test("SIGTERM while Redis is frozen ends the process in time, with 1 when a job was active", async () => {
  await using rig = await createRig();
  const worker = await rig.startWorker("--shutdown-timeout", "3s");
  const [id] = await rig.enqueue(1, "work.endless");
  await rig.ledger.waitFor((ledger) => ledger.started(id!).length === 1);

  rig.redis.freeze();
  const startMs = performance.now();
  worker.kill("SIGTERM");

  expect(await worker.ended).toEqual({ code: 1, signal: null });
  const tookMs = Math.round(performance.now() - startMs);
  console.log(`SIGTERM with a frozen Redis and a shutdown timeout of 3 s: ended after ${tookMs} ms`);
  expect(tookMs).toBeLessThan(3_000 + 2_000 + slackMs);
  rig.redis.thaw();
});

test("SIGTERM while Redis is gone ends the process in time", async () => {
  await using rig = await createRig();
  const worker = await rig.startWorker("--shutdown-timeout", "2s");

  await rig.redis.kill();
  await worker.waitFor("brokerLost");
  const startMs = performance.now();
  worker.kill("SIGTERM");

  expect(await worker.ended).toMatchObject({ signal: null });
  const tookMs = Math.round(performance.now() - startMs);
  console.log(`SIGTERM without Redis and a shutdown timeout of 2 s: ended after ${tookMs} ms`);
  expect(tookMs).toBeLessThan(2_000 + 2_000 + slackMs);
});

test("SIGTERM in the moment in which Redis is back ends the process as soon as its jobs have ended", async () => {
  await using rig = await createRig({ keepsData: true });
  const worker = await rig.startWorker();
  const ids = await rig.enqueue(5, "work.nap", { ms: 2_000 });
  await rig.ledger.waitFor((ledger) => ids.every((id) => ledger.started(id).length === 1));

  await rig.redis.kill();
  await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);
  await rig.redis.restart();
  const startMs = performance.now();
  worker.kill("SIGTERM"); // it waits to connect again

  expect(await worker.ended).toEqual({ code: 0, signal: null });
  const tookMs = Math.round(performance.now() - startMs);
  console.log(`SIGTERM in the moment Redis is back: ended after ${tookMs} ms`);
  expect(worker.count("completed")).toBe(5);
  expect(tookMs).toBeLessThan(24_000); // before the timeout
});

async function readJob({ redis }: Rig, id: string) {
  const broker = await openBroker({ url: redis.url, prefix: "bull", root: ".", kind: "fail-fast" });
  try {
    return await showJob(broker, id, "work", []);
  } finally {
    await broker.close();
  }
}

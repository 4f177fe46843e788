import { expect, test } from "vitest";
import type { TestRedis } from "../helpers/redis.ts";
import { createRig } from "./rig.ts";

test("a handler that blocks the loop for 40 s, its five neighbours and a live second worker: each job runs once", async () => {
  await using rig = await createRig();
  const blocked = await rig.startWorker();
  const neighbours = await rig.enqueue(5, "work.nap", { ms: 5_000 });
  await rig.ledger.waitFor((ledger) => neighbours.every((id) => ledger.started(id).length === 1));
  const [blocker] = await rig.enqueue(1, "work.block", { ms: 40_000 });
  await rig.ledger.waitFor((ledger) => ledger.started(blocker!).length === 1);
  const blockedAtMs = Date.now();
  const [second, warnedMs] = await Promise.all([
    rig.startWorker(),
    blocked.complaint(/blocked .*work\.block/).then(() => Date.now() - blockedAtMs),
  ]);
  const others = await rig.enqueue(20, "work.nap", { ms: 100 });
  const ids = [...neighbours, blocker!, ...others];
  await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);
  await blocked.waitFor("blocked");

  console.log(
    `a block of 40 s: the first warning after ${warnedMs} ms; ${ids.length} jobs, ended twice: ${rig.ledger.twice().length}`,
  );
  expect(warnedMs).toBeLessThan(38_000); // while it is blocked; the figure itself is printed
  expect(ids.filter((id) => rig.ledger.started(id).length !== 1)).toEqual([]);
  expect(rig.ledger.entries().some(({ pid }) => pid === second.pid)).toBe(true);
  expect(blocked.events().find(({ event }) => event === "blocked")).toMatchObject({
    jobs: expect.arrayContaining([{ queue: "work", id: blocker, job: "work.block" }]),
  });
});

test("a loop that is blocked beyond the cap gives its jobs away, and says so", async () => {
  await using rig = await createRig({ env: { TASKQ_BLOCKED_LOOP_CAP: "4s" } });
  const first = await rig.startWorker();
  const [blocker] = await rig.enqueue(1, "work.block", { ms: 60_000 });
  await rig.ledger.waitFor((ledger) => ledger.started(blocker!).length === 1);
  const startedAtMs = Date.now();
  await rig.startWorker();

  await first.complaint(/kept no longer/);
  await rig.ledger.waitFor((ledger) => ledger.started(blocker!).length === 2);
  console.log(`a block beyond a cap of 4 s: taken over after ${Date.now() - startedAtMs} ms`);
  await first.waitFor("lockLost");
});

const absences = [
  ["is gone", (redis: TestRedis) => redis.kill(), (redis: TestRedis) => redis.restart()],
  ["is silent", async (redis: TestRedis) => redis.freeze(), async (redis: TestRedis) => redis.thaw()],
] as const;
test.each(absences)(
  "a blocked loop is said within five seconds also while the broker %s",
  async (_what, fail, mend) => {
    await using rig = await createRig();
    const worker = await rig.startWorker();
    const [blocker] = await rig.enqueue(1, "work.block", { ms: 12_000 });
    await rig.ledger.waitFor((ledger) => ledger.started(blocker!).length === 1);
    await fail(rig.redis);
    const said = /blocked for ([\d.]+) s; running: unknown, for the broker does not answer/;

    await worker.complaint(said);

    expect(Number(said.exec(worker.complaints())![1])).toBeLessThanOrEqual(5);
    await mend(rig.redis);
    await rig.ledger.waitFor((ledger) => ledger.lost([blocker!]).length === 0);
  },
);

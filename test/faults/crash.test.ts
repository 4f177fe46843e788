import { expect, test } from "vitest";
import { createRig } from "./rig.ts";

test("SIGKILL of a worker loses no job: another takes them over", async () => {
  await using rig = await createRig();
  const workers = [await rig.startWorker(), await rig.startWorker()];
  const ids = await rig.enqueue(30, "work.nap", { ms: 3_000 });
  await rig.ledger.waitFor((ledger) => ledger.entries().length === 30);
  const startedIn = (pid: number) => rig.ledger.entries().filter((entry) => entry.pid === pid);
  const victim = workers.find(({ pid }) => startedIn(pid).length >= 10)!;
  const itsIds = startedIn(victim.pid).map(({ id }) => id);

  const killedAtMs = Date.now();
  victim.kill("SIGKILL");
  await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);

  const lastMs = Math.max(...itsIds.map((id) => rig.ledger.started(id).at(-1)!.atMs)) - killedAtMs;
  console.log(`SIGKILL of a worker with ${itsIds.length} active jobs: the last was taken over after ${lastMs} ms`);
  expect(itsIds.map((id) => rig.ledger.started(id).length)).toEqual(itsIds.map(() => 2));
  expect(lastMs).toBeLessThan(60_000);
  expect(rig.ledger.twice()).toEqual([]);
});

test("a worker that was frozen for longer than its lock doubles its job, and says so", async () => {
  await using rig = await createRig();
  const workers = [await rig.startWorker(), await rig.startWorker()];
  const [id] = await rig.enqueue(1, "work.nap", { ms: 3_000 });
  await rig.ledger.waitFor((ledger) => ledger.started(id!).length === 1);
  const frozen = workers.find(({ pid }) => pid === rig.ledger.started(id!)[0]!.pid)!;

  frozen.kill("SIGSTOP");
  await rig.ledger.waitFor((ledger) => ledger.ended(id!).length === 1);
  frozen.kill("SIGCONT");
  await rig.ledger.waitFor((ledger) => ledger.ended(id!).length === 2);

  await frozen.waitFor("lockLost");
  expect(rig.ledger.started(id!)).toHaveLength(2);
});

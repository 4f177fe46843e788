import { execFileSync } from "node:child_process";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { createRig } from "./rig.ts";
import { until } from "./until.ts";

test.concurrent("SIGKILL of a worker loses no job: another on the same host takes them over at once", async () => {
  await using rig = await createRig();
  const workers = [await rig.startWorker(), await rig.startWorker()];
  const ids = await rig.enqueue(30, "work.nap", { ms: 8_000 });
  await rig.ledger.waitFor((ledger) => ids.every((id) => ledger.started(id).length === 1));
  const startedIn = (pid: number) => rig.ledger.entries().filter((entry) => entry.pid === pid);
  const victim = workers.find(({ pid }) => startedIn(pid).length >= 10)!;
  const itsIds = startedIn(victim.pid).map(({ id }) => id);

  const killedAtMs = Date.now();
  victim.kill("SIGKILL");
  await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);

  const lastMs = Math.max(...itsIds.map((id) => rig.ledger.started(id).at(-1)!.atMs)) - killedAtMs;
  console.log(`SIGKILL of a worker with ${itsIds.length} active jobs: the last was taken over after ${lastMs} ms`);
  expect(itsIds.map((id) => rig.ledger.started(id).length)).toEqual(itsIds.map(() => 2));
  expect(lastMs).toBeLessThan(60_000); // generous: the figure itself is printed
  expect(rig.ledger.twice()).toEqual([]);
});

test.concurrent("a worker that starts on the host of a dead one takes back its jobs at once, uncounted as attempts", async () => {
  await using rig = await createRig();
  const first = await rig.startWorker();
  const ids = await rig.enqueue(20, "work.nap", { ms: 8_000 });
  await rig.ledger.waitFor((ledger) => ids.every((id) => ledger.started(id).length === 1));

  first.kill("SIGKILL");
  await first.ended;
  const killedAtMs = Date.now();
  const second = await rig.startWorker();
  await rig.ledger.waitFor((ledger) => ids.every((id) => ledger.started(id).length === 2));
  const lastMs = Math.max(...ids.map((id) => rig.ledger.started(id).at(-1)!.atMs)) - killedAtMs;
  await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);

  console.log(`SIGKILL and a restart on the same host: all ${ids.length} jobs run again after ${lastMs} ms`);
  expect(lastMs).toBeLessThan(60_000);
  expect(second.events().find(({ event }) => event === "tookBack")).toMatchObject({
    jobs: 20,
    reason: "its process is gone",
  });
  expect(second.events().filter(({ event }) => event === "failed")).toEqual([]);
});

(mayUnshare() ? test.concurrent : test.skip)(
  "of a worker that cannot be seen, silence alone tells that it is dead, and no live one is robbed",
  async () => {
    await using rig = await createRig();
    // Two processes of one hostname, each the first in a PID namespace of its own.
    const first = await rig.startRemoteWorker();
    const second = await rig.startRemoteWorker();
    const ids = await rig.enqueue(30, "work.nap", { ms: 25_000 });
    await rig.ledger.waitFor((ledger) => ids.every((id) => ledger.started(id).length === 1));
    const third = await rig.startWorker();
    await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);
    expect(ids.map((id) => rig.ledger.started(id).length)).toEqual(Array(30).fill(1));

    const [victims] = [await rig.enqueue(60, "work.nap", { ms: 5_000 })];
    await rig.ledger.waitFor((ledger) => victims.filter((id) => ledger.started(id).length > 0).length >= 40);
    first.kill("SIGKILL");
    second.kill("SIGKILL");
    const killedAtMs = Date.now();
    await rig.ledger.waitFor((ledger) => ledger.lost(victims).length === 0);
    await third.waitFor("tookBack", { count: 2 });

    const again = victims.flatMap((id) => rig.ledger.started(id).slice(1));
    const firstMs = Math.min(...again.map(({ atMs }) => atMs)) - killedAtMs;
    console.log(
      `SIGKILL of two workers on other hosts: the first of their ${again.length} jobs ran again after ${firstMs} ms`,
    );
    expect(firstMs).toBeLessThan(60_000);
    expect(rig.ledger.twice()).toEqual([]);
  },
);

test.concurrent("a job that kills its process is failed after its last interruption, and its neighbours are not", async () => {
  await using rig = await createRig();
  const ids: string[] = [];
  let deaths = 0;
  // As a supervisor does: whenever it dies, another is started.
  const supervised = (async () => {
    for (;;) {
      const worker = await rig.startWorker();
      if (deaths === 0)
        ids.push(...(await rig.enqueue(6, "work.nap", { ms: 2_000 })), ...(await rig.enqueue(1, "work.killProcess")));
      await until(() => worker.count("failed") > 0 || !worker.isAlive(), "a death or a failed job");
      if (worker.isAlive()) return worker;
      deaths++;
    }
  })();

  const last = await supervised;
  expect(last.isAlive(), last.complaints()).toBe(true);
  await rig.ledger.waitFor((ledger) => ledger.lost(ids.slice(0, 6)).length === 0);

  console.log(`a job that kills its process: failed after ${deaths} deaths, its 6 neighbours completed`);
  expect(last.events().filter(({ event }) => event === "failed")).toMatchObject([
    { id: ids[6], job: "work.killProcess", error: "interrupted 4 times", final: true },
  ]);
  expect(deaths).toBe(4);
}, 600_000);

test.concurrent("a worker that was frozen for longer than its silence is borne doubles its job, and says so", async () => {
  await using rig = await createRig();
  const workers = [await rig.startWorker(), await rig.startWorker()];
  const [id] = await rig.enqueue(1, "work.nap", { ms: 8_000 });
  await rig.ledger.waitFor((ledger) => ledger.started(id!).length === 1);
  const frozen = workers.find(({ pid }) => pid === rig.ledger.started(id!)[0]!.pid)!;

  frozen.kill("SIGSTOP");
  await rig.ledger.waitFor((ledger) => ledger.ended(id!).length === 1);
  frozen.kill("SIGCONT");
  await rig.ledger.waitFor((ledger) => ledger.ended(id!).length === 2);

  await frozen.waitFor("lockLost");
  expect(rig.ledger.started(id!)).toHaveLength(2);
});

test.concurrent("a queue full of handlers that do not end closes the process, with 1", async () => {
  await using rig = await createRig();
  const worker = await rig.startWorker("--concurrency", "3", "--shutdown-timeout", "2s");
  await rig.enqueue(3, "work.overdue");

  expect(await worker.ended).toEqual({ code: 1, signal: null });
  expect(worker.count("abandoned")).toBe(3);
  expect(worker.events().find(({ event }) => event === "closing")?.reason).toBe(
    "all handlers of the queue work are abandoned",
  );
});

test.concurrent("records that cannot be read are failed, and the queue goes on", async () => {
  await using rig = await createRig();
  const redis = new Redis(rig.redis.adminUrl);
  const ids = await rig.enqueue(4, "work.nap", { ms: 0 });
  const key = (index: number) => `bull:work:t-${ids[index]}`;
  await redis.hset(key(0), "data", "{ no json");
  await redis.hset(key(1), "opts", "{ no json");
  await redis.del(key(2));
  await redis.quit();

  const worker = await rig.startWorker();

  await rig.ledger.waitFor((ledger) => ledger.ended(ids[3]!).length === 1);
  await worker.waitFor("failed", { count: 1 });
  const state = new Redis(rig.redis.adminUrl);
  await until(async () => (await state.zcard("bull:work:failed")) === 3, "the third failed job");
  expect((await state.zrange("bull:work:failed", "0", "-1")).sort()).toEqual(
    ids
      .slice(0, 3)
      .map((id) => `t-${id}`)
      .sort(),
  );
  await state.quit();
});

function mayUnshare(): boolean {
  try {
    execFileSync("unshare", ["--fork", "--pid", "--mount-proc", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

import { execFileSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { createRig, type Rig } from "./rig.ts";

const pidsIn = ({ ledger }: Rig) => [...new Set(ledger.entries().map(({ pid }) => pid))];

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function startPool(rig: Rig, ...words: readonly string[]) {
  const pool = await rig.startWorker("--processes", "2", "--name", "shop", ...words);
  await pool.waitFor("started", { count: 2 });
  return pool;
}

test("SIGKILL of a process of a pool: another takes its place, and its jobs run again", async () => {
  await using rig = await createRig();
  const pool = await startPool(rig, "--concurrency", "10");
  const ids = await rig.enqueue(20, "work.nap", { ms: 8_000 });
  await rig.ledger.waitFor((ledger) => ids.every((id) => ledger.started(id).length === 1));
  const [victim] = pidsIn(rig);
  const itsIds = rig.ledger.entries().flatMap(({ id, pid }) => (pid === victim ? [id] : []));

  const killedAtMs = Date.now();
  process.kill(victim!, "SIGKILL");
  await pool.waitFor("childEnded");
  await pool.waitFor("started", { count: 3 });
  const backMs = Date.now() - killedAtMs;
  await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);

  const lastMs = Math.max(...itsIds.map((id) => rig.ledger.started(id).at(-1)!.atMs)) - killedAtMs;
  console.log(
    `SIGKILL of a child with ${itsIds.length} jobs: replaced after ${backMs} ms, all taken back after ${lastMs} ms`,
  );
  expect(pool.events().find(({ event }) => event === "childEnded")).toMatchObject({
    pid: victim,
    code: null,
    signal: "SIGKILL",
    hasStarted: true,
    restartInMs: 500,
  });
  expect(itsIds.map((id) => rig.ledger.started(id).length)).toEqual(itsIds.map(() => 2));
  expect(rig.ledger.twice()).toEqual([]);
  pool.kill("SIGTERM");
  expect(await pool.ended).toEqual({ code: 0, signal: null });
});

test("SIGKILL of the parent: its processes close in good order, and none is left", async () => {
  await using rig = await createRig();
  const pool = await startPool(rig, "--concurrency", "5");
  const ids = await rig.enqueue(30, "work.nap", { ms: 1_500 });
  await rig.ledger.waitFor((ledger) => ledger.entries().length >= 10 && pidsIn(rig).length === 2);
  const children = pidsIn(rig);
  expect(children).toHaveLength(2);

  const killedAtMs = Date.now();
  pool.kill("SIGKILL");
  await expect.poll(() => children.filter(isAlive)).toEqual([]);

  console.log(`SIGKILL of a pool's parent: no process left after ${Date.now() - killedAtMs} ms`);
  const begun = ids.filter((id) => rig.ledger.started(id).length > 0);
  expect(rig.ledger.lost(begun)).toEqual([]);
  await rig.startWorker();
  await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);
  expect(ids.map((id) => rig.ledger.started(id).length)).toEqual(ids.map(() => 1));
});

test.for([
  ["", {}],
  [", nor where a blocked loop is not covered", { TASKQ_BLOCKED_LOOP_CAP: "0s" }],
] as const)("SIGKILL of the parent of a process whose loop is blocked leaves no orphan either%s", async ([, env]) => {
  await using rig = await createRig({ env });
  const pool = await startPool(rig, "--shutdown-timeout", "1s");
  const [id] = await rig.enqueue(1, "work.block", { ms: 600_000 });
  await rig.ledger.waitFor((ledger) => ledger.started(id!).length === 1);
  const [child] = pidsIn(rig);

  const killedAtMs = Date.now();
  pool.kill("SIGKILL");
  await expect.poll(() => isAlive(child!)).toBe(false);

  console.log(`SIGKILL of the parent of a blocked child: it is gone after ${Date.now() - killedAtMs} ms`);
});

test("a rolling restart under load loses nothing and doubles nothing", async () => {
  await using rig = await createRig();
  const pool = await startPool(rig, "--concurrency", "10");
  const ids: string[] = [];
  let isLoading = true;
  const load = (async () => {
    while (isLoading) {
      ids.push(...(await rig.enqueue(5, "work.nap", { ms: 200 })));
      await wait(100); // half of what the pool can do
    }
  })();
  await rig.ledger.waitFor(() => pidsIn(rig).length === 2);
  const old = pidsIn(rig);

  pool.kill("SIGHUP");
  await pool.waitFor("poolRestarted");
  await rig.ledger.waitFor(() => pidsIn(rig).length === 4);
  isLoading = false;
  await load;
  await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);

  console.log(`a rolling restart of 2 processes under ${ids.length} jobs`);
  expect(old.filter(isAlive)).toEqual([]);
  expect(rig.ledger.twice()).toEqual([]);
  expect(ids.filter((id) => rig.ledger.started(id).length !== 1)).toEqual([]);
  pool.kill("SIGTERM");
  expect(await pool.ended).toEqual({ code: 0, signal: null });
});

test("SIGTERM of all processes at once, as some platforms send it, is one close", async () => {
  await using rig = await createRig();
  const pool = await startPool(rig, "--concurrency", "5");
  const ids = await rig.enqueue(10, "work.nap", { ms: 1_500 });
  await rig.ledger.waitFor((ledger) => ids.every((id) => ledger.started(id).length === 1));
  for (const pid of [pool.pid, ...pidsIn(rig)]) process.kill(pid, "SIGTERM");

  expect(await pool.ended).toEqual({ code: 0, signal: null });
  expect(pool.count("started")).toBe(2);
  expect(rig.ledger.lost(ids)).toEqual([]);
  expect(rig.ledger.twice()).toEqual([]);
});

test.skipIf(process.getuid?.() !== 0)("the parent as the first process of a container closes at SIGTERM", async () => {
  await using rig = await createRig();
  const pool = await rig.startRemoteWorker("--processes", "2");
  await pool.waitFor("started", { count: 2 });
  const first = Number(execFileSync("pgrep", ["-P", String(pool.pid)]).toString());
  process.kill(first, "SIGTERM");

  expect(await pool.ended).toEqual({ code: 0, signal: null });
  expect(pool.events().find(({ event }) => event === "poolStarted")).toMatchObject({ pid: 1 });
  expect(pool.count("closed")).toBe(2);
});

import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { createRig } from "./rig.ts";
import { until } from "./until.ts";
import type { LoggedEvent, WorkerProcess } from "./worker-process.ts";

const rig = await createRig({ env: { ABORT_GRACE: "300ms" } });
const worker = await rig.startWorker("--shutdown-timeout", "2s");

/** The failure of a job, already logged or still to come. */
async function failureOf(id: string, by: WorkerProcess = worker): Promise<LoggedEvent> {
  const find = () => by.events().find((each) => each.event === "failed" && each.id === id);
  await until(() => find() !== undefined, `the failure of ${id}`);
  return find()!;
}

test("a handler that blocks its thread is ended at its timeout and grace; its neighbours do not notice", async () => {
  const neighbours = await rig.enqueue(5, "work.nap", { ms: 4_000 });
  await rig.ledger.waitFor((ledger) => neighbours.every((id) => ledger.started(id).length === 1));

  const [blocked] = await rig.enqueue(1, "work.isolatedBlock", { ms: 600_000 });

  expect(await failureOf(blocked!)).toMatchObject({
    error: "work.isolatedBlock timed out after 500 ms",
    final: true,
  });
  const tookMs = Date.now() - rig.ledger.started(blocked!)[0]!.atMs;
  console.info(`  blocked thread: ended ${tookMs} ms after its start, of 500 + 300 ms`);
  await rig.ledger.waitFor((ledger) => ledger.lost(neighbours).length === 0);
  expect(rig.ledger.ended(blocked!)).toEqual([]);
  expect(rig.ledger.twice()).toEqual([]);
  expect(worker.events().filter(({ event }) => event === "terminated")).toMatchObject([{ id: blocked }]);
  expect([worker.count("blocked"), worker.count("abandoned"), worker.complaints()]).toEqual([0, 0, ""]);
});

test("an exit, a full heap and errors that nobody catches end that job alone", async () => {
  const neighbours = [
    ...(await rig.enqueue(2, "work.nap", { ms: 5_000 })),
    ...(await rig.enqueue(2, "work.isolatedNap", { ms: 5_000 })),
  ];
  await rig.ledger.waitFor((ledger) => neighbours.every((id) => ledger.started(id).length === 1));
  const errorOf = async (job: string, args: object) => (await failureOf((await rig.enqueue(1, job, args))[0]!)).error;

  expect(
    await Promise.all([
      errorOf("work.isolatedExit", {}),
      errorOf("work.isolatedHunger", {}),
      errorOf("work.isolatedReject", { ms: 600_000 }),
      errorOf("work.isolatedThrow", { ms: 600_000 }),
    ]),
  ).toEqual([
    "the thread of the job ended with the exit code 1",
    "the thread of the job used up its memory, which is 32 MiB",
    "nobody waits for this",
    "thrown in a timer",
  ]);

  await rig.ledger.waitFor((ledger) => ledger.lost(neighbours).length === 0);
  expect(neighbours.map((id) => rig.ledger.started(id).length)).toEqual([1, 1, 1, 1]);
  const [next] = await rig.enqueue(1, "work.isolatedNap", { ms: 0 });
  await rig.ledger.waitFor((ledger) => ledger.ended(next!).length === 1);
});

test("a cancel ends also a handler that does not hear of it", async () => {
  const [id] = await rig.enqueue(1, "work.isolatedSpin", { ms: 600_000 });
  await rig.ledger.waitFor((ledger) => ledger.started(id!).length === 1);

  await rig.client.cancel(id!, { reason: "too slow" });

  const { error, final } = await failureOf(id!);
  expect(error).toMatch(/^cancelled .*too slow/);
  expect(final).toBe(true);
  expect(rig.ledger.ended(id!)).toEqual([]);
});

test("a close puts back what outlasts it, for the next worker to run; a SIGKILL leaves no thread behind", async () => {
  const { ledger } = rig;
  const ids = [
    ...(await rig.enqueue(2, "work.isolatedEndless")),
    ...(await rig.enqueue(1, "work.isolatedSpin", { ms: 600_000 })),
  ];
  const run = (times: number) => ledger.waitFor(() => ids.every((id) => ledger.started(id).length === times));
  await run(1);

  const askedMs = performance.now();
  worker.kill("SIGTERM");

  expect(await worker.ended).toEqual({ code: 0, signal: null });
  const tookMs = performance.now() - askedMs;
  console.info(`  close with 3 threads that do not listen: ${Math.round(tookMs)} ms of 2 + 2 s`);
  expect(tookMs).toBeLessThan(34_000); // 4 s on a machine of its own; the figure itself is printed
  expect(worker.count("putBack")).toBe(3);

  const next = await rig.startWorker();
  await run(2);
  next.kill("SIGKILL");
  await next.ended;
  expect(existsSync(`/proc/${next.pid}`)).toBe(false); // nor any of its threads
  expect(ids.flatMap((id) => ledger.ended(id))).toEqual([]);
});

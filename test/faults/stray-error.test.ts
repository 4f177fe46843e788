import { expect, test } from "vitest";
import { createRig } from "./rig.ts";

test.for([
  ["a rejection that nobody handles", "work.rejectUnhandled", "nobody waits for this"],
  ["an exception in a timer", "work.throwInTimer", "thrown in a timer"],
] as const)("%s fails the job it belongs to, and its neighbours end once", async ([, job, error]) => {
  await using rig = await createRig();
  const worker = await rig.startWorker();
  const neighbours = await rig.enqueue(5, "work.nap", { ms: 1_500 });
  await rig.ledger.waitFor((ledger) => neighbours.every((id) => ledger.started(id).length === 1));

  const [culprit] = await rig.enqueue(1, job, { ms: 60_000 });

  await worker.waitFor("failed");
  expect(worker.events().filter(({ event }) => event === "failed")).toMatchObject([
    { id: culprit, error, final: true },
  ]);
  await rig.ledger.waitFor((ledger) => ledger.lost(neighbours).length === 0);
  expect(neighbours.map((id) => rig.ledger.started(id).length)).toEqual(Array(5).fill(1));
  const [next] = await rig.enqueue(1, "work.nap", { ms: 0 });
  await rig.ledger.waitFor((ledger) => ledger.ended(next!).length === 1);
});

test("an error that nobody caught is told where its job has ended already", async () => {
  await using rig = await createRig();
  const worker = await rig.startWorker();

  const [late] = await rig.enqueue(1, "work.throwLate", { ms: 500 });

  await worker.waitFor("warning");
  const [warning] = worker.events().filter(({ event }) => event === "warning");
  expect(warning?.message).toMatch(
    new RegExp(`^an error of work.throwLate ${late} after its end: thrown too late \\(at .+tasks.js`),
  );
  expect(worker.count("failed")).toBe(0);
  expect(worker.isAlive()).toBe(true);
});

test.for(["work.forgetWait", "work.isolatedForget"])(
  "what %s leaves behind after its signal aborted does not decide how it ends",
  async (job) => {
    await using rig = await createRig({ env: { ABORT_GRACE: "1s" } });
    const worker = await rig.startWorker("--shutdown-timeout", "6s");
    const [cancelled] = await rig.enqueue(1, job);
    await rig.ledger.waitFor((ledger) => ledger.started(cancelled!).length === 1);

    await rig.client.cancel(cancelled!);
    await worker.waitFor("failed");
    await worker.waitFor("warning");

    expect(worker.events().find(({ event }) => event === "failed")).toMatchObject({
      id: cancelled,
      error: expect.stringContaining("cancelled"),
    });
    const warnings = worker.events().filter(({ event }) => event === "warning");
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^an error of work\.\w+ .+ after its (?:abort|end): not saved \(at /),
    ]);

    const [interrupted] = await rig.enqueue(1, job);
    await rig.ledger.waitFor((ledger) => ledger.started(interrupted!).length === 1);
    worker.kill("SIGTERM");

    expect(await worker.ended).toEqual({ code: 0, signal: null });
    expect(worker.events().find(({ event }) => event === "putBack")).toMatchObject({ id: interrupted });
    expect(worker.count("failed")).toBe(1);
  },
);

test("a handler that goes on after such an error is abandoned, as one that does not hear its signal", async () => {
  await using rig = await createRig({ env: { ABORT_GRACE: "500ms" } });
  const worker = await rig.startWorker("--concurrency", "2", "--shutdown-timeout", "1s");
  const [first] = await rig.enqueue(1, "work.rejectUnhandled", { ms: 60_000 });
  await worker.waitFor("abandoned");
  expect(worker.events().find(({ event }) => event === "abandoned")).toMatchObject({
    id: first,
    reason: "nobody waits for this",
  });

  await rig.enqueue(1, "work.rejectUnhandled", { ms: 60_000 }); // as many as there are places

  expect(await worker.ended).toEqual({ code: 1, signal: null });
  expect(worker.count("failed")).toBe(2);
});

test("without traces such a rejection closes the process in good order, with 1", async () => {
  await using rig = await createRig({ env: { TRACE_REJECTIONS: "no" } });
  const worker = await rig.startWorker("--shutdown-timeout", "5s");
  const neighbours = await rig.enqueue(5, "work.nap", { ms: 500 });
  await rig.ledger.waitFor((ledger) => neighbours.every((id) => ledger.started(id).length === 1));

  const [culprit] = await rig.enqueue(1, "work.rejectUnhandled", { ms: 60_000 });

  expect(await worker.ended).toEqual({ code: 1, signal: null });
  expect(worker.events().find(({ event }) => event === "closing")?.reason).toMatch(/nobody waits for this \(at /);
  expect(worker.events().find(({ event }) => event === "putBack")).toMatchObject({ id: culprit });
  expect(rig.ledger.lost(neighbours)).toEqual([]);
});

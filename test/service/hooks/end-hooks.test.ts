import { expect, test } from "vitest";
import type { CompletedJob, EndHookContext, FailedJob } from "../../../src/definition/hooks.ts";
import type { RunnerEvent } from "../../../src/runner/events.ts";
import { createEndHooks } from "../../../src/service/hooks/end-hooks.ts";
import { testRedis } from "../../helpers/redis.ts";
import { gate, setup } from "../../helpers/setup.ts";

const { url } = await testRedis();
const failing = async () => {
  throw new Error("no luck");
};

test("onCompleted runs when the end is stored, with args, result and state", async () => {
  const told = gate();
  const seen: unknown[] = [];
  await using app = await setup({
    url,
    jobs: { double: async ({ n }: { n: number }) => n * 2 },
    startup: [{ name: "work.open", domain: "work", file: "startup.ts", run: () => ({ word: "hello" }) }],
    config: {
      hooks: {
        async onCompleted(job: CompletedJob, { state }: EndHookContext) {
          seen.push({ ...job, stored: (await app.show(job.id)).state, word: state.word });
          told.open();
        },
      },
    },
  });
  await app.start();

  const { id } = await app.enqueue("double", { n: 21 });
  await told.opened;

  expect(seen).toEqual([
    {
      id,
      job: "work.double",
      queue: "work",
      args: { n: 21 },
      meta: {},
      attempts: 1,
      ms: expect.any(Number),
      result: 42,
      stored: "completed",
      word: "hello",
    },
  ]);
});

test("onCompleted gets a result as it is, also 0, false and an empty text", async () => {
  const told = gate();
  const seen: unknown[] = [];
  await using app = await setup({
    url,
    jobs: { give: async ({ value }: { value: unknown }) => value },
    config: { hooks: { onCompleted: ({ result }) => void (seen.push(result) === 4 && told.open()) }, concurrency: 1 },
  });
  await app.start();

  for (const value of [0, false, "", null]) await app.enqueue("give", { value });
  await told.opened;

  expect(seen).toEqual([0, false, "", null]);
});

test("onFailed runs once, when no attempt is left", async () => {
  const told = gate();
  const seen: FailedJob[] = [];
  await using app = await setup({
    url,
    jobs: { bad: failing },
    config: {
      hooks: {
        onFailed(job: FailedJob) {
          seen.push(job);
          told.open();
        },
      },
    },
  });
  await app.start();

  const { id } = await app.enqueue("bad", {}, { attempts: 3 });
  await told.opened;

  expect(app.seen.filter(({ type }) => type === "failed")).toHaveLength(3);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({ id, attempts: 3, error: expect.objectContaining({ message: "no luck" }) });
});

test("a job that gives itself back, or is put back, has no end and runs no hook", async () => {
  let runs = 0;
  const ends: string[] = [];
  await using app = await setup({
    url,
    jobs: { again: async (_args: object, { reschedule }) => (runs++ === 0 ? reschedule(50) : "done") },
    config: { hooks: { onCompleted: ({ id }) => void ends.push(id), onFailed: ({ id }) => void ends.push(id) } },
  });
  const service = await app.start();

  const { id } = await app.enqueue("again");
  await app.event("completed");
  service.close("a test");
  await service.ended;

  expect(runs).toBe(2);
  expect(ends).toEqual([id]);
});

test("an error of a hook is told and fails nothing", async () => {
  const onCompleted = () => {
    throw new Error("the pager is away");
  };
  await using app = await setup({ url, jobs: { any: async () => {} }, config: { hooks: { onCompleted } } });
  const service = await app.start();

  const { id } = await app.enqueue("any");

  expect(await app.event("hookFailed")).toMatchObject({
    hook: "onCompleted",
    error: `work.any ${id}: the pager is away`,
  });
  expect((await app.show(id)).state).toBe("completed");
  service.close("a test");
  expect(await service.ended).toBe(0);
});

test("at close, hooks that run are waited for before the shutdown files run", async () => {
  const started = gate();
  const release = gate();
  const order: string[] = [];
  await using app = await setup({
    url,
    jobs: { any: async () => {} },
    shutdown: [{ name: "work.shut", domain: "work", file: "shutdown.ts", run: () => void order.push("shutdown") }],
    config: {
      shutdownTimeout: "30s",
      hooks: {
        async onCompleted() {
          started.open();
          await release.opened;
          order.push("hook");
        },
      },
    },
  });
  const service = await app.start();
  await app.enqueue("any");
  await started.opened;

  service.close("a test");
  release.open();
  await service.ended;

  expect(order).toEqual(["hook", "shutdown"]);
});

test("a hook that does not end does not keep a worker from closing in time; its signal aborts, and that is told", async () => {
  const started = gate();
  const aborted = gate();
  await using app = await setup({
    url,
    jobs: { any: async () => {} },
    config: {
      shutdownTimeout: "500ms",
      hooks: {
        onCompleted(_job, { signal }) {
          signal.addEventListener("abort", aborted.open);
          started.open();
          return new Promise(() => {});
        },
      },
    },
  });
  const service = await app.start();
  const { id } = await app.enqueue("any");
  await started.opened;
  const startMs = performance.now();

  service.close("a test");
  expect(await service.ended).toBe(0);

  expect(performance.now() - startMs).toBeLessThan(2_500 + 20_000); // on a busy machine; it would be for ever
  await aborted.opened;
  expect(await app.event("hookFailed")).toMatchObject({
    error: `work.any ${id}: the worker closed before it had ended`,
  });
});

test("at most twenty run at once, and what waits at a close is counted", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  let most = 0;
  let running = 0;
  const release = gate();
  const onCompleted = async () => {
    running++;
    most = Math.max(most, running);
    await release.opened;
    running--;
  };
  const events: RunnerEvent[] = [];
  const hooks = createEndHooks({ ...app.config, hooks: { onCompleted } }, {}, (event) => void events.push(event))!;
  const ended = {
    job: "work.any",
    run: undefined,
    args: {},
    meta: undefined,
    result: 1,
    attempt: 1,
    attempts: 1,
    startedAtMs: 0,
    ms: 1,
    final: true,
    retryInMs: 0,
  };

  for (let i = 0; i < 50; i++) hooks.onEnded("work", { ...ended, id: String(i) });
  await hooks.close(50);

  expect(most).toBe(20);
  expect(events[0]).toEqual({
    type: "hookFailed",
    hook: "onCompleted, onFailed",
    error: "left out 30 times: the worker closed",
  });
  release.open();
});

test("without such hooks there is nothing to run", async () => {
  await using app = await setup({ url, jobs: { any: async () => {} } });
  expect(createEndHooks(app.config, {}, () => {})).toBeUndefined();
});

test("a tick that is skipped has no run, and so neither an end nor a hook", async () => {
  const release = gate();
  const told: string[] = [];
  await using app = await setup({
    url,
    jobs: { slow: () => release.opened },
    schedules: { often: { of: "slow", every: "1s" } },
    config: { hooks: { onCompleted: ({ id }: CompletedJob) => void told.push(id) } },
  });
  const service = await app.start();
  await app.event("tickSkipped", 2);
  release.open();
  await app.event("completed", 2);
  service.close("a test");
  await service.ended;

  const ids = (type: RunnerEvent["type"]) =>
    app.seen.flatMap((each) => (each.type === type ? [(each as { id: string }).id] : []));
  expect(ids("completed")).toEqual(ids("active"));
  expect(told).toEqual(ids("active"));
  expect(app.seen.at(-1)).toMatchObject({ type: "closed", completed: told.length });
});

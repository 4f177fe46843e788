import { expect, test } from "vitest";
import { testRedis } from "../helpers/redis.ts";
import { hook, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const jobs = { any: async () => {} };

test("startup files run one after another before the first job, shutdown files in reverse after the last", async () => {
  const order: string[] = [];
  const note = (what: string) => async () => void order.push(what);
  await using app = await setup({
    url,
    jobs: { any: async () => void order.push("job") },
    startup: [
      hook("first", async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push("startup 1");
      }),
      hook("second", note("startup 2")),
    ],
    shutdown: [hook("first", note("shutdown 1")), hook("second", note("shutdown 2"))],
  });
  await app.enqueue("any");

  const service = await app.start();
  await app.event("completed");
  service.close("a test");

  expect(await service.ended).toBe(0);
  expect(order).toEqual(["startup 1", "startup 2", "job", "shutdown 2", "shutdown 1"]);
});

test("what startup files return is merged: the next ones, the jobs and the shutdown files have it", async () => {
  const got: unknown[] = [];
  await using app = await setup({
    url,
    jobs: { any: async (_args: object, { state }) => void got.push({ ...state }) },
    startup: [hook("first", () => ({ a: 1 })), hook("second", ({ state }) => ({ b: (state.a as number) + 1 }))],
    shutdown: [hook("end", ({ state }) => void got.push({ ...state }))],
  });
  const service = await app.start();
  await app.enqueue("any");
  await app.event("completed");
  service.close("a test");
  await service.ended;

  expect(got).toEqual([
    { a: 1, b: 2 },
    { a: 1, b: 2 },
  ]);
});

test("what can be disposed is, after the shutdown files", async () => {
  const order: string[] = [];
  await using app = await setup({
    url,
    jobs,
    startup: [
      hook("one", () => ({ one: { [Symbol.dispose]: () => void order.push("one") } })),
      hook("two", () => ({ two: { [Symbol.asyncDispose]: async () => void order.push("two") } })),
    ],
    shutdown: [hook("end", () => void order.push("shutdown"))],
  });
  const service = await app.start();
  service.close("a test");
  await service.ended;

  expect(order).toEqual(["shutdown", "two", "one"]);
});

test("two files that return one key are STATE_DUPLICATE, and what they opened is closed", async () => {
  let closed = false;
  await using app = await setup({
    url,
    jobs,
    startup: [
      hook("first", () => ({ db: { [Symbol.dispose]: () => (closed = true) } })),
      hook("second", () => ({ db: 2 })),
    ],
  });

  await expect(app.start()).rejects.toMatchObject({
    code: "STATE_DUPLICATE",
    message: expect.stringMatching(/work\.first.*work\.second.*"db"/),
  });
  expect(closed).toBe(true);
});

test("a startup file that throws refuses the start: shutdown files of those that ran, no job taken", async () => {
  const ran: string[] = [];
  await using app = await setup({
    url,
    jobs,
    startup: [
      hook("good", () => void ran.push("good")),
      hook(
        "bad",
        () => {
          throw new Error("no database");
        },
        "other",
      ),
    ],
    shutdown: [hook("end", () => void ran.push("end")), hook("never", () => void ran.push("never"), "other")],
  });
  const both = {
    ...app.catalog,
    jobs: [...app.catalog.jobs, { ...app.catalog.jobs[0]!, name: "other.any", domain: "other" }],
  };
  const { id } = await app.enqueue("any");

  await expect(app.start({ catalog: both })).rejects.toMatchObject({
    code: "STARTUP_FAILED",
    message: expect.stringContaining("no database"),
  });
  expect(ran).toEqual(["good", "end"]);
  expect(await app.show(id)).toMatchObject({ state: "waiting" });
});

test("a startup file that does not end is given up at its timeout", async () => {
  await using app = await setup({
    url,
    jobs,
    startup: [hook("stuck", () => new Promise(() => {}))],
    config: { startupTimeout: "100ms" },
  });

  await expect(app.start()).rejects.toMatchObject({
    code: "STARTUP_FAILED",
    message: expect.stringContaining("work.stuck"),
  });
});

test("only the files of domains whose queues are taken run", async () => {
  const ran: string[] = [];
  await using app = await setup({
    url,
    jobs,
    startup: [hook("open", () => void ran.push("mine")), hook("open", () => void ran.push("theirs"), "other")],
    shutdown: [
      hook("close", () => void ran.push("closed mine")),
      hook("close", () => void ran.push("closed theirs"), "other"),
    ],
  });
  const service = await app.start();
  service.close("a test");
  await service.ended;

  expect(ran).toEqual(["mine", "closed mine"]);
});

test("a shutdown file that throws is told and ends with 1; the others run all the same", async () => {
  const ran: string[] = [];
  await using app = await setup({
    url,
    jobs,
    shutdown: [
      hook("first", () => void ran.push("first")),
      hook("bad", () => {
        throw new Error("cannot close");
      }),
    ],
  });
  const service = await app.start();
  service.close("a test");

  expect(await service.ended).toBe(1);
  expect(ran).toEqual(["first"]);
  expect(await app.event("hookFailed")).toMatchObject({ hook: "work.bad", error: "cannot close" });
});

test("a shutdown file that does not end is given up within the budget", async () => {
  await using app = await setup({
    url,
    jobs,
    shutdown: [hook("stuck", () => new Promise(() => {}))],
    config: { shutdownTimeout: "300ms" },
  });
  const service = await app.start();
  const startMs = performance.now();
  service.close("a test");

  expect(await service.ended).toBe(1);
  expect(performance.now() - startMs).toBeLessThan(300 + 2_000 + 20_000); // on a busy machine; it would be for ever
  expect(await app.event("hookFailed")).toMatchObject({ hook: "work.stuck" });
});

test.for([
  ["startup", "STARTUP_FAILED"],
  ["shutdown", undefined],
] as const)("a %s file that throws what has no text ends as any other that throws", async ([kind, code]) => {
  const strange = hook("strange", () => {
    throw Object.create(null);
  });
  await using app = await setup({ url, jobs, [kind]: [strange] });
  if (code !== undefined) return await expect(app.start()).rejects.toMatchObject({ code });

  const service = await app.start();
  service.close("a test");

  expect(await service.ended).toBe(1);
  expect(await app.event("hookFailed")).toMatchObject({ hook: "work.strange", error: "a object that has no text" });
});

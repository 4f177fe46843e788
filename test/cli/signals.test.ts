import { expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();

const tasks = `
/** Ends when the test says so. */
export async function wait() { await new Promise((resolve) => process.once("SIGUSR2", resolve)); }

/** Ends in the second worker alone. */
export async function endure() { if (!process.argv.includes("second")) await new Promise(() => {}); }

/** Says when a Ctrl-C is so long ago that another one is another. Ends for its signal, if it is asked to. */
export async function listen({ obey }, { signal, log }) {
  let interrupts = 0;
  process.on("SIGINT", () => {
    const message = \`interrupt \${++interrupts} is long past\`;
    setTimeout(() => log.info(message), 1_000);
  });
  await new Promise((_, reject) => obey && signal.addEventListener("abort", () => reject(signal.reason)));
}

/** Ends by itself, when its shell is long gone. */
export async function nap() { await new Promise((resolve) => setTimeout(resolve, 3_000)); }

export async function pass() {}
export async function fail() { throw new Error("no such luck"); }
`;
const create = (config?: string) =>
  createProject({ broker: redis.url, jobs: { "shop/jobs/tasks.js": tasks }, ...(config && { config }) });

async function startWith(project: ReturnType<typeof create>, job: string, args: object, ...words: string[]) {
  const { id } = await project.json("enqueue", job, "--args", JSON.stringify(args));
  const worker = project.worker("--verbose", ...words);
  await worker.event("active", { id });
  return { id, worker };
}

test("SIGTERM waits for the job that is active, however often it comes", async () => {
  const project = create();
  const { id, worker } = await startWith(project, "shop.wait", {});
  worker.signal("SIGTERM");
  await worker.event("closing", { reason: "SIGTERM", active: 1, timeoutMs: 25_000 });
  worker.signal("SIGTERM");
  worker.signal("SIGUSR2");

  expect(await worker.exited).toBe(0);
  expect(worker.events.map(({ event }) => event)).toEqual(["started", "active", "closing", "completed", "closed"]);
  expect(worker.events.at(-1)).toMatchObject({ event: "closed", completed: 1, failed: 0, putBack: 0, unfinished: 0 });
  expect(await project.json("job", "show", id)).toMatchObject({ state: "completed" });
});

test("a job that outlasts the shutdown timeout is put back uncounted, and the next worker runs it", async () => {
  const project = create();
  const { id, worker } = await startWith(project, "shop.endure", {}, "--shutdown-timeout", "1s");
  worker.signal("SIGTERM");

  expect(await worker.exited).toBe(0);
  expect(await worker.event("putBack", { id })).toMatchObject({ job: "shop.endure", reason: "closing" });
  expect(await project.json("job", "show", id)).toMatchObject({ state: "waiting", attempts: { made: 0 } });

  const second = project.worker("--burst", "--name", "second");
  expect(await second.exited).toBe(0);
  expect(await project.json("job", "show", id)).toMatchObject({
    state: "completed",
    attempts: { made: 1 },
    interruptions: 0,
    worker: "second",
  });
});

test("two SIGINTs at once are one Ctrl-C", async () => {
  const { worker } = await startWith(create(), "shop.wait", {}, "--shutdown-timeout", "10m");
  worker.signal("SIGINT");
  worker.signal("SIGINT");
  await worker.event("closing", { reason: "SIGINT" });
  worker.signal("SIGUSR2");

  expect(await worker.exited).toBe(0);
  expect(worker.events.at(-1)).toMatchObject({ event: "closed", completed: 1, putBack: 0 });
});

test("a second Ctrl-C aborts what runs at once", async () => {
  const project = create();
  const { id, worker } = await startWith(project, "shop.listen", { obey: true }, "--shutdown-timeout", "10m");
  worker.signal("SIGINT");
  await worker.event("log", { message: "interrupt 1 is long past" });
  worker.signal("SIGINT");

  expect(await worker.exited).toBe(0);
  expect(worker.events.at(-1)).toMatchObject({ event: "closed", completed: 0, failed: 0, putBack: 1, unfinished: 0 });
  expect(await project.json("job", "show", id)).toMatchObject({ state: "waiting", attempts: { made: 0 } });
});

test("a third Ctrl-C ends the process with 130", async () => {
  const project = create(`export default { abortGrace: "5m" };`);
  const { worker } = await startWith(project, "shop.listen", { obey: false }, "--shutdown-timeout", "1h");
  worker.signal("SIGINT");
  await worker.event("log", { message: "interrupt 1 is long past" });
  worker.signal("SIGINT");
  await worker.event("log", { message: "interrupt 2 is long past" });
  worker.signal("SIGINT");

  expect(await worker.exited).toBe(130);
  expect(worker.events.some(({ event }) => event === "closed")).toBe(false);
});

test("a burst ends with 0 when all is done", async () => {
  const project = create();
  await project.json("enqueue", "shop.pass");
  await project.json("enqueue", "shop.pass");
  const worker = project.worker("--burst");

  expect(await worker.exited).toBe(0);
  expect(worker.events.at(-1)).toMatchObject({ event: "closed", completed: 2, failed: 0 });
  expect(await worker.event("closing")).toMatchObject({ reason: "nothing is left to do", active: 0 });
});

test("a burst ends with 1 when a job failed", async () => {
  const project = create();
  await project.json("enqueue", "shop.pass");
  const { id } = await project.json("enqueue", "shop.fail");
  const worker = project.worker("--burst");

  expect(await worker.exited).toBe(1);
  expect(await worker.event("failed", { id })).toMatchObject({ level: "error", error: "no such luck", final: true });
  expect(worker.events.at(-1)).toMatchObject({ event: "closed", completed: 1, failed: 1 });
});

test("SIGTSTP makes a worker quiet: it takes no more, not even what a pending read brings, until SIGCONT", async () => {
  const project = create();
  const first = project.worker("--verbose", "--name", "first");
  await first.event("started");
  first.signal("SIGTSTP");
  await first.event("quiet", { active: 0 });

  for (let i = 0; i < 3; i++) {
    const { id } = await project.json("enqueue", "shop.pass");
    expect(await project.worker("--burst", "--name", "second").exited).toBe(0);
    expect(await project.json("job", "show", id)).toMatchObject({
      state: "completed",
      worker: "second",
      attempts: { made: 1 },
      interruptions: 0,
    });
  }
  expect(await project.json("worker", "list")).toMatchObject([{ name: "first", state: "quiet" }]);
  expect(first.events.map(({ event }) => event)).toEqual(["started", "quiet"]);

  first.signal("SIGCONT");
  await first.event("resumed");
  const { id } = await project.json("enqueue", "shop.pass");
  await first.event("completed", { id });
});

test("a quiet worker lets its jobs end, and closes like any other", async () => {
  const { id, worker } = await startWith(create(), "shop.wait", {});
  worker.signal("SIGTSTP");
  await worker.event("quiet", { active: 1 });
  worker.signal("SIGUSR2");
  await worker.event("completed", { id });
  worker.signal("SIGTERM");

  expect(await worker.exited).toBe(0);
  expect(worker.events.at(-1)).toMatchObject({ event: "closed", completed: 1, putBack: 0 });
});

test("SIGTTIN says what runs and for how long, or that nothing does", async () => {
  const { id, worker } = await startWith(create(), "shop.wait", {});
  worker.signal("SIGTTIN");
  expect(await worker.event("running", { id })).toMatchObject({ job: "shop.wait", queue: "shop", abandoned: false });

  worker.signal("SIGUSR2");
  await worker.event("completed", { id });
  worker.signal("SIGTTIN");
  await worker.event("idle");
});

test("SIGHUP says that it is for a pool, and changes nothing", async () => {
  const { id, worker } = await startWith(create(), "shop.wait", {});
  worker.signal("SIGHUP");
  expect(await worker.event("warning")).toMatchObject({ message: expect.stringContaining("--processes") });

  worker.signal("SIGUSR2");
  await worker.event("completed", { id });
});

test("a worker whose shell is killed instead of it closes in good order", async () => {
  const project = create();
  const { id } = await project.json("enqueue", "shop.nap");
  const worker = project.workerUnder((line) => ["sh", "-c", `${line}; exit`], "--verbose");
  await worker.event("active", { id });
  worker.signal("SIGTERM");

  expect(await worker.event("closing")).toMatchObject({ reason: "the shell that started it is gone" });
  await worker.event("completed", { id });
  await worker.event("closed", { unfinished: 0 });
});

test.for([
  ["a worker", []],
  ["a pool", ["--processes", "1"]],
] as const)("a SIGTERM that comes while %s exits does not change its exit code", async ([, words]) => {
  const onExit = `process.on("exit", () => process.kill(process.pid, "SIGTERM")); export default {};`;
  const worker = create(onExit).worker("--name", "late", ...words);
  await worker.event("started");
  worker.signal("SIGTERM");

  expect(await worker.exited).toBe(0);
});

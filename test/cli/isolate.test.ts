import { expect, test } from "vitest";
import { createProject, type Project } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();

const tasks = `
  import { threadId } from "node:worker_threads";
  import { defineJob, TaskqError } from "taskq";
  import { z } from "zod";
  import { send } from "../../mail/jobs/tasks.js";

  export const render = defineJob({
    isolate: true,
    args: z.object({ page: z.coerce.number(), title: z.string().default("untitled") }),
    async handler(args, { job, attempt, signal, log, progress, heartbeat, state, enqueue, scheduledFor }) {
      log.info({ error: new Error("kept"), page: args.page }, "rendering");
      log.warn("twice");
      await progress({ percent: 50, drop: () => {} });
      heartbeat();
      const receipts = [
        await enqueue("pages.here"),
        await enqueue(send, { to: "ann", at: new Date(0) }),
        await enqueue("pages.mark", { page: args.page }, { unique: (args) => "page-" + args.page }),
        await enqueue(mark, { page: args.page }, { unique: "page-3" }),
      ];
      const refused = await enqueue(mark, { page: "three" }).catch(({ name, code, message }) => ({ name, code, message }));
      const bad = await enqueue(mark, { page: () => {} }).catch(({ code, message }) => ({ code, message }));
      const stray = await enqueue(defineJob({ handler() {} }), {}).catch(({ code }) => code);
      return {
        args, attempt, state, threadId, job: { ...job, enqueuedAtMs: typeof job.enqueuedAtMs }, aborted: signal.aborted,
        scheduledFor, receipts: receipts.map(({ created, job, queue, reason }) => ({ created, job, queue, reason })),
        refused, bad, stray, at: new Date(0),
      };
    },
  });
  export const mark = defineJob({ isolate: true, args: z.object({ page: z.number() }), async handler(_args, { state }) { return { state, threadId }; } });
  export const poll = defineJob({ isolate: true, async handler(_args, { reschedule }) { try { reschedule("5m"); } catch {} } });
  export const rest = defineJob({ isolate: true, queue: "rest", async handler(_args, { rateLimit }) { rateLimit("5m"); } });
  export const hopeless = defineJob({ isolate: true, attempts: 5, handler() { throw new TaskqError("JOB_UNRECOVERABLE", "no such page"); } });
  export const twice = defineJob({ isolate: true, attempts: 2, handler(_args, { attempt }) { if (attempt === 1) throw "a text"; } });
  export const listens = defineJob({
    isolate: true, timeout: "500ms",
    handler: (_args, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  });
  export const beats = defineJob({
    isolate: true, heartbeat: "2s", autoHeartbeat: true,
    handler: () => new Promise((resolve) => setTimeout(resolve, 3_000)),
  });
  export const silent = defineJob({ isolate: true, heartbeat: "2s", autoHeartbeat: true, handler() { for (;;); } });
  export const talks = defineJob({
    isolate: true, heartbeat: "2s",
    handler(_args, { heartbeat }) { const end = Date.now() + 3_000; while (Date.now() < end) heartbeat(); },
  });
  export const huge = defineJob({ isolate: true, handler: () => "x".repeat(2_000_000) });
  export const nothing = defineJob({ isolate: true, handler() {} });
  /** One command for many jobs. */
  export async function start({ jobs }, { enqueue }) { for (const job of jobs) await enqueue("pages." + job, {}, { id: job }); }
  export async function here(_args, { log }) { log.info("here " + threadId); }
`;

const files = {
  "pages/jobs/tasks.js": tasks,
  "pages/jobs/startup.js": `
    import { threadId } from "node:worker_threads";
    export default function open() { console.error("startup " + threadId); return { opened: threadId, printer: "p1" }; }
  `,
  "pages/jobs/shutdown.js": `
    export default function close({ state }) { console.error("shutdown " + state.opened); }
  `,
  "mail/jobs/tasks.js": `export async function send(args, { log }) { log.info(args, "sent"); }`,
  "mail/jobs/startup.js": `export default () => ({ mailer: "m1" });`,
};
const config = `
  import { isMainThread, threadId } from "node:worker_threads";
  export default {
    abortGrace: "1s",
    queues: { pages: { concurrency: 4 } },
    hooks: {
      async aroundJob({ job, log }, next) { log.info((isMainThread ? "around in the process " : "around in a thread ") + job.name); await next(); },
      beforeEnqueue({ job }) { if (!isMainThread) throw new Error("not here: " + job); },
    },
  };
`;

const project = (): Project => createProject({ broker: redis.url, config, jobs: files });

test("an isolated job has in its thread all that a job has", async () => {
  const shop = project();
  const worker = shop.worker();
  await worker.event("started");

  const { id } = await shop.json("enqueue", "pages.render", "page=3", "--meta", `{"tenant":"acme"}`);
  await worker.event("completed", { id });
  const { result, logs, progress } = await shop.json("job", "show", id);

  expect(result).toEqual({
    args: { page: 3, title: "untitled" },
    attempt: 1,
    state: { opened: expect.any(Number), printer: "p1" },
    threadId: result.state.opened,
    job: {
      id,
      name: "pages.render",
      queue: "pages",
      enqueuedAtMs: "number",
      args: { page: "3" },
      meta: { tenant: "acme" },
    },
    aborted: false,
    scheduledFor: null,
    receipts: [
      { created: true, job: "pages.here", queue: "pages", reason: null },
      { created: true, job: "mail.send", queue: "mail", reason: null },
      { created: true, job: "pages.mark", queue: "pages", reason: null },
      {
        created: expect.any(Boolean),
        job: "pages.mark",
        queue: "pages",
        reason: expect.toBeOneOf([null, "duplicate"]),
      },
    ],
    refused: {
      name: "TaskqError",
      code: "ARGS_INVALID",
      message: expect.stringContaining("the args of pages.mark are invalid: page"),
    },
    bad: { code: "ARGS_INVALID", message: "the args hold a function at page, which JSON cannot carry" },
    stray: "JOB_UNNAMED",
    at: "1970-01-01T00:00:00.000Z",
  });
  expect(result.threadId).not.toBe(0);
  expect(progress).toEqual({ percent: 50 });
  expect(logs).toEqual([
    expect.stringMatching(/ info around in a thread pages\.render$/),
    expect.stringMatching(/ info rendering \{"error":\{"name":"Error","message":"kept",.*"page":3\}$/),
    expect.stringMatching(/ warn twice$/),
  ]);
  expect(await worker.event("log", { job: "mail.send", message: "sent" })).toMatchObject({
    fields: { to: "ann", at: "1970-01-01T00:00:00.000Z" },
  });
  // What is not isolated runs in the process, whose startup files have run too.
  expect(await worker.event("log", { job: "pages.here" })).toMatchObject({
    message: "around in the process pages.here",
  });
  await worker.event("log", { message: "here 0" });

  worker.signal("SIGTERM");
  expect(await worker.exited).toBe(0);
  const said = worker.stderr().trim().split("\n");
  const startups = said.filter((line) => line.startsWith("startup")).map((line) => line.replace("startup", "shutdown"));
  expect(startups).toContain(`shutdown ${result.threadId}`);
  expect(said.filter((line) => line.startsWith("shutdown")).sort()).toEqual(startups.sort());
});

test("how an isolated job ends is what its handler says, and silence is a timeout", async () => {
  const shop = project();
  const worker = shop.worker();
  await worker.event("started");
  const jobs = ["poll", "rest", "hopeless", "twice", "listens", "beats", "silent", "talks", "huge", "nothing"];

  await shop.json("enqueue", "pages.start", `jobs:=${JSON.stringify(jobs)}`);

  expect(await worker.event("rescheduled", { id: "poll" })).toMatchObject({ delayMs: 300_000 });
  expect(await worker.event("rateLimited", { id: "rest" })).toMatchObject({ delayMs: 300_000 });
  expect(await worker.event("failed", { id: "hopeless" })).toMatchObject({ final: true, error: "no such page" });
  expect(await worker.event("failed", { id: "twice" })).toMatchObject({ final: false, error: "a text" });
  expect(await worker.event("failed", { id: "listens" })).toMatchObject({
    error: "pages.listens timed out after 500 ms",
  });
  expect(await worker.event("failed", { id: "silent" })).toMatchObject({
    error: "pages.silent was silent for 2000 ms, its heartbeat",
  });
  await worker.event("resultDropped", { id: "huge" });
  for (const id of ["twice", "beats", "talks", "huge", "nothing"]) await worker.event("completed", { id });
  expect(worker.events.filter(({ event }) => event === "terminated")).toMatchObject([{ id: "silent" }]);
});

test("taskq run runs it in a thread too, and so are its startup and shutdown files", async () => {
  const { stdout, stderr, code } = await project().taskq("run", "pages.mark", "page:=3");

  const { state, threadId } = JSON.parse(stdout);
  expect({ code, opened: state.opened }).toEqual({ code: 0, opened: threadId });
  expect(stderr).toBe(`startup ${threadId}\n${/.*around in a thread.*\n/.exec(stderr)![0]}shutdown ${threadId}\n`);
});

test("check refuses a limit of memory where all jobs share it, and job show tells of both options", async () => {
  const shop = createProject({
    broker: "redis://127.0.0.1:1",
    config: `export default { queues: { heavy: { isolate: true } } };`,
    jobs: {
      "work/jobs/tasks.js": `
        import { defineJob } from "taskq";
        export const shared = defineJob({ maxMemory: "64mb", handler() {} });
        export const alone = defineJob({ queue: "heavy", maxMemory: "64mb", handler() {} });
      `,
    },
  });

  const { stdout, stderr, code } = await shop.taskq("check", "--json");

  expect({ stderr, code }).toEqual({ stderr: "", code: 2 });
  expect(JSON.parse(stdout).errors).toMatchObject([
    { code: "JOB_INVALID", message: "the job work.shared: maxMemory limits an isolated job only" },
  ]);
});

import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineJob } from "../src/definition/job.ts";
import { createClient } from "../src/index.ts";
import { runJob, runUntilEmpty } from "../src/testing.ts";
import { createProject } from "./helpers/cli.ts";
import { testPrefix, testRedis } from "./helpers/redis.ts";

const { url } = await testRedis();

test("a job runs in a test with its schema, its state, and what it logged and reported", async () => {
  const greet = defineJob({
    args: z.object({ name: z.string().trim() }),
    async handler({ name }, { state, log, progress, attempt, scheduledFor }) {
      await progress(50);
      log.info({ name }, "greeted");
      return `${state.word} ${name} ${attempt} ${scheduledFor?.toISOString()}`;
    },
  });
  const scheduledFor = new Date("2026-11-24T08:00:00Z");

  expect(await runJob(greet, { name: " Ann " }, { state: { word: "hello" }, attempt: 2, scheduledFor })).toEqual({
    result: "hello Ann 2 2026-11-24T08:00:00.000Z",
    logs: [{ level: "info", fields: { name: "Ann" }, message: "greeted" }],
    progress: [50],
    enqueued: [],
    left: null,
  });
});

test("what a job enqueues in a test is checked and recorded, and goes nowhere", async () => {
  const mail = defineJob({ name: "mail.send", args: z.object({ to: z.string() }), handler: async () => {} });
  const signUp = defineJob({
    async handler({ to }: { to: string }, { enqueue }) {
      const { id, state } = await enqueue(mail, { to }, { delay: "5m", id: "welcome" });
      await enqueue("crm.add", { to });
      return `${id} ${state}`;
    },
  });

  const run = await runJob(signUp, { to: "ann@example.com" });
  expect(run.result).toBe("welcome delayed");
  expect(run.enqueued).toEqual([
    { job: mail, args: { to: "ann@example.com" }, options: { delay: "5m", id: "welcome" } },
    { job: "crm.add", args: { to: "ann@example.com" }, options: {} },
  ]);
  await expect(runJob(signUp, { to: 5 as unknown as string })).rejects.toMatchObject({ code: "ARGS_INVALID" });
});

test("args that a job does not need are left out in a test as they are elsewhere", async () => {
  const sweep = defineJob({
    handler: async (_args: { days?: number }, { enqueue }) => void (await enqueue("crm.tidy")),
  });
  const report = async ({ days = 3 }: { days?: number }) => days;

  expect((await runJob(sweep)).enqueued).toEqual([{ job: "crm.tidy", args: {}, options: {} }]);
  expect((await runJob(report)).result).toBe(3);
});

test("a job that gives itself back in a test says for how long", async () => {
  const poll = defineJob({ handler: async (_args: object, { reschedule }) => reschedule("30s") });
  const call = defineJob({ handler: async (_args: object, { rateLimit }) => rateLimit("1m") });

  expect((await runJob(poll, {})).left).toEqual({ kind: "rescheduled", delayMs: 30_000 });
  expect((await runJob(call, {})).left).toEqual({ kind: "rateLimited", delayMs: 60_000 });
});

test("args that do not fit, a failure and a timeout reject", async () => {
  const strict = defineJob({ args: z.object({ n: z.number() }), timeout: 50, handler: ({ n }) => wait(n) });

  await expect(runJob(strict, { n: "1" as unknown as number })).rejects.toMatchObject({ code: "ARGS_INVALID" });
  await expect(runJob(strict, { n: 60_000 })).rejects.toMatchObject({ code: "JOB_TIMEOUT" });
  await expect(runJob(() => Promise.reject(new Error("no luck")), {})).rejects.toThrow("no luck");
});

test("a queue runs until it is empty, retries included, and what became of each job is told", async () => {
  const { root } = createProject({
    config: `export default { prefix: "${testPrefix()}", broker: "${url}" };`,
    jobs: {
      "mail/jobs/tasks.js": `
export const send = async () => {};
export async function bounce(_args, { attempt }) { throw new Error("bounced " + attempt); }`,
    },
  });
  await using client = await createClient({ cwd: root });
  const sent = await client.enqueue("mail.send", {});
  const bounced = await client.enqueue("mail.bounce", {}, { attempts: 2 });

  expect(await runUntilEmpty({ cwd: root })).toEqual({
    completed: [{ job: "mail.send", id: sent.id }],
    failed: [{ job: "mail.bounce", id: bounced.id, error: "bounced 2" }],
  });
  await expect(runUntilEmpty({ cwd: root, queues: ["mial"] })).rejects.toMatchObject({
    code: "QUEUE_NOT_FOUND",
    hint: "Did you mean mail?",
  });
});

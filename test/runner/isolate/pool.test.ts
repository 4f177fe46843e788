import { afterEach, expect, test } from "vitest";
import { resolveConfig } from "../../../src/config/resolve.ts";
import { type EffectiveOptions, layerOptions } from "../../../src/definition/effective-options.ts";
import { type AnyJob, defineJob } from "../../../src/definition/job.ts";
import { type Attempts, createAttempts } from "../../../src/runner/attempt/attempts.ts";
import { runAttempt } from "../../../src/runner/attempt/run-attempt.ts";
import type { RunnerEvent } from "../../../src/runner/events.ts";
import { createThreadPool, type ThreadPool } from "../../../src/runner/isolate/pool.ts";
import { createLocalDelivery } from "../../../src/service/one-job/local-delivery.ts";

const graceMs = 100;
const definition = defineJob({ handler: () => "not in a thread" }) as AnyJob;
const opened: { readonly pool: ThreadPool; readonly attempts: Attempts }[] = [];

afterEach(async () => {
  for (const { pool, attempts } of opened.splice(0)) {
    attempts.stop();
    await pool.close(1_000);
  }
});

/** A pool whose threads tell their own ids, and how to run a job of a domain in it. */
function open(concurrency: number) {
  const events: RunnerEvent[] = [];
  const config = resolveConfig({ root: "/nowhere", env: {}, config: { concurrency } });
  const entry = new URL("echo-thread.js", import.meta.url);
  const pool = createThreadPool({ entry, config, onEvent: (event) => events.push(event) });
  const attempts = createAttempts(graceMs, () => {});
  opened.push({ pool, attempts });

  function run(domain: string, args: object = {}, said: Partial<EffectiveOptions> = {}): Promise<unknown> {
    const job = { name: `${domain}.job`, queue: "work", domain, file: "tasks.ts", exported: "job", definition };
    const options = { ...layerOptions({}), ...said };
    const delivery = createLocalDelivery({ job: job.name, queue: "work", args });
    const port = { log: () => {}, progress: async () => {}, enqueue: () => Promise.reject(new Error("none")) };
    const elsewhere = pool.run(job, options);
    return runAttempt({ definition, delivery, args, options, elsewhere }, { attempts, state: {}, port, traced: true });
  }
  return { pool, attempts, events, run };
}

test("a thread is kept, and runs the next job of its domain", async () => {
  const { run } = open(2);

  const first = await run("mail");

  expect(typeof first).toBe("number");
  expect([await run("mail"), await run("mail")]).toEqual([first, first]);
});

test("jobs at the same time have threads of their own, and so have other domains and other limits", async () => {
  const { run } = open(4);

  const ids = [...(await Promise.all([run("mail"), run("mail"), run("shop")]))];
  ids.push(await run("mail", {}, { maxMemoryBytes: 64 * 1_024 ** 2 }));

  expect(new Set(ids).size).toBe(4);
});

test("a queue has no more threads than jobs at once: one that idles makes room", async () => {
  const { run } = open(1);

  const mail = await run("mail");
  const shop = await run("shop");

  expect(shop).not.toBe(mail);
  expect(await run("mail")).not.toBe(mail); // the first one is gone
});

test("a thread that exits fails its job alone, and the next has a fresh one", async () => {
  const { run } = open(2);
  const neighbour = run("mail", { waits: true }, { timeoutMs: 60_000 });
  let isOver = false;
  neighbour
    .catch(() => {})
    .finally(() => {
      isOver = true;
    });

  await expect(run("mail", { exit: 7 })).rejects.toMatchObject({
    code: "THREAD_ENDED",
    message: "the thread of the job ended with the exit code 7",
  });

  expect(typeof (await run("mail"))).toBe("number");
  expect(isOver).toBe(false);
});

test("one that outlasts its timeout and its grace is ended, and the attempt with it", async () => {
  const { run, attempts, events } = open(1);

  await expect(run("mail", { waits: true }, { timeoutMs: 50 })).rejects.toMatchObject({
    code: "JOB_TIMEOUT",
    message: "mail.job timed out after 50 ms",
  });

  expect(events).toEqual([expect.objectContaining({ type: "terminated", reason: "mail.job timed out after 50 ms" })]);
  expect(attempts.all()).toEqual([]);
});

test("a thread that does not start fails the job with the reason", async () => {
  const { run } = open(1);

  await expect(run("broken")).rejects.toThrow("no database");
  await expect(run("broken")).rejects.toThrow("no database");
});

test("to close counts the shutdown files that failed", async () => {
  const { pool, run } = open(4);
  await Promise.all([run("untidy"), run("untidy"), run("mail")]);

  expect(await pool.close(1_000)).toBe(2);
});

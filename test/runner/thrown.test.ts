import { UnrecoverableError } from "bullmq";
import { expect, test } from "vitest";
import type { JobContext } from "../../src/definition/context.ts";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { TaskqError } from "../../src/errors.ts";
import { toError } from "../../src/runner/end/to-error.ts";
import { packError, unpackError } from "../../src/runner/isolate/packed-error.ts";
import { testRedis } from "../helpers/redis.ts";
import { setup } from "../helpers/setup.ts";

const { url } = await testRedis();

const named = (name: string, message = "boom") => Object.assign(new Error(message), { name });

const thrown: readonly (readonly [what: string, value: unknown, message: string])[] = [
  ["undefined", undefined, "undefined"],
  ["null", null, "null"],
  ["a string", "plain words", "plain words"],
  ["an empty string", "", "empty string"],
  ["a number", 42, "42"],
  ["an object", { reason: "broken", code: 7 }, '{"reason":"broken","code":7}'],
  ["an object whose getters throw", hostile(), "the handler threw"],
  ["an error named DelayedError", named("DelayedError"), "boom"],
  ["an error named WaitingError", named("WaitingError"), "boom"],
  ["an error named WaitingChildrenError", named("WaitingChildrenError"), "boom"],
  ["an error named RateLimitError", named("RateLimitError"), "boom"],
  ["BullMQ's rate limit message", new Error("bullmq:rateLimitExceeded"), "bullmq:rateLimitExceeded"],
  ["BullMQ's delay message", new Error("bullmq:movedToDelayed"), "bullmq:movedToDelayed"],
  ["BullMQ's wait message", new Error("bullmq:movedToWait"), "bullmq:movedToWait"],
];

for (const [what, value, message] of thrown) {
  test(`${what}, thrown, fails the job once and is kept`, async () => {
    let starts = 0;
    const fail = () => {
      starts++;
      return Promise.reject(value);
    };
    await using app = await setup({ url, jobs: { fail, next: async () => {} } });
    await app.start();

    const { id } = await app.enqueue("fail");
    const failed = await app.event("failed");
    await app.enqueue("next");
    await app.event("completed");

    expect(failed).toMatchObject({ final: true, attempt: 1 });
    expect(failed.error).toContain(message);
    expect(starts).toBe(1);
    expect(await app.show(id)).toMatchObject({ state: "failed", attempts: { made: 1 } });
  });
}

test("a handler that throws at once fails like one that rejects", async () => {
  const fail = defineJob({
    handler: () => {
      throw new Error("at once");
    },
  });
  await using app = await setup({ url, jobs: { fail: fail as AnyJob } });
  await app.start();

  await app.enqueue("fail");

  expect(await app.event("failed")).toMatchObject({ final: true, error: "at once" });
});

test("a message of megabytes is cut", async () => {
  await using app = await setup({ url, jobs: { fail: () => Promise.reject(new Error("x".repeat(5_000_000))) } });
  await app.start();

  const { id } = await app.enqueue("fail");
  const { error } = await app.event("failed");

  expect(error.length).toBeLessThanOrEqual(10_001);
  expect((await app.show(id)).error!.stack!.length).toBeLessThanOrEqual(20_001);
});

test("a password is masked before a text is cut, so that no half of one is left", () => {
  const { message, stack } = toError(new Error(`${"x".repeat(9_980)} redis://u:secretsecretsecret@host/0`));

  expect(message).not.toContain("secret");
  expect(stack).not.toContain("secret");
});

test("with the stack the causes of an error are kept, and what an AggregateError holds", async () => {
  const refused = new AggregateError([new Error("connect ECONNREFUSED ::1:9"), "a text"], "");
  const cause = new Error("no answer of redis://u:secret@host", { cause: refused });
  await using app = await setup({
    url,
    jobs: { fail: () => Promise.reject(new TypeError("fetch failed", { cause })) },
  });
  await app.start();

  const { id } = await app.enqueue("fail");
  await app.event("failed");
  const { message, stack } = (await app.show(id)).error!;

  expect(message).toBe("fetch failed");
  expect(stack).toMatch(/^TypeError: fetch failed\n +at /);
  expect(stack).toMatch(/\nCaused by: Error: no answer of redis:\/\/u:\*\*\*@host\n +at /);
  expect(stack).toMatch(/\nCaused by: AggregateError/);
  expect(stack).toMatch(/\nOne of its errors: connect ECONNREFUSED ::1:9\nOne of its errors: a text$/);
});

test("causes that hang in a circle, or that an error's own stack has already, are told once", () => {
  const inner = new Error("inner");
  const outer = new Error("outer", { cause: inner });
  inner.cause = outer;
  outer.stack = `Error: outer\ncaused by: ${inner.stack}`;

  expect(toError(outer).stack!.match(/inner/g)).toHaveLength(1);
  expect(toError(unpackError(packError(inner))).stack!.match(/Caused by/g)).toHaveLength(1);
});

test("of a job that fails often the last five stacks are kept", async () => {
  let starts = 0;
  const fail = defineJob({ attempts: 7, handler: () => Promise.reject(new Error(`failure ${++starts}`)) });
  await using app = await setup({ url, jobs: { fail: fail as AnyJob } });
  await app.start();

  const { id } = await app.enqueue("fail");
  await app.event("failed", 7);
  const stacks: string[] = JSON.parse((await app.redis.hget(`${app.prefix}:work:t-${id}`, "stacktrace"))!);

  expect(stacks.map((stack) => stack.split("\n")[0])).toEqual([3, 4, 5, 6, 7].map((n) => `Error: failure ${n}`));
});

class Gone extends UnrecoverableError {}

for (const end of [
  named("UnrecoverableError", "never"),
  new Gone("never"),
  unpackError(packError(new Gone("never"))), // as it comes from a thread
  Object.assign(new Error("never"), { code: "JOB_UNRECOVERABLE" }),
]) {
  test(`${end.name} with ${(end as { code?: string }).code ?? "no code"} ends a job that has attempts left`, async () => {
    const fail = defineJob({ attempts: 5, handler: () => Promise.reject(end) });
    await using app = await setup({ url, jobs: { fail: fail as AnyJob } });
    await app.start();

    await app.enqueue("fail");

    expect(await app.event("failed")).toMatchObject({ final: true, attempt: 1, error: "never" });
  });
}

test("an error of ours that a handler throws by itself fails the job like any other", async () => {
  for (const code of ["JOB_INTERRUPTED", "JOB_TIMEOUT", "JOB_NOT_FOUND"] as const) {
    let starts = 0;
    const fail = defineJob({
      attempts: 2,
      handler: () => {
        starts++;
        return Promise.reject(new TaskqError(code, "from a handler"));
      },
    });
    await using app = await setup({ url, jobs: { fail: fail as AnyJob } });
    await app.start();

    await app.enqueue("fail");
    const failed = await app.event("failed", 2);

    expect(failed).toMatchObject({ final: true, attempt: 2, error: "from a handler" });
    expect(starts).toBe(2);
  }
});

test("ARGS_INVALID of another job, thrown in a handler, does not end a job that has attempts left", async () => {
  const fail = defineJob({ attempts: 2, handler: () => Promise.reject(new TaskqError("ARGS_INVALID", "of another")) });
  await using app = await setup({ url, jobs: { fail: fail as AnyJob } });
  await app.start();

  await app.enqueue("fail");

  expect(await app.event("failed")).toMatchObject({ final: false, attempt: 1 });
});

test("log fields that are no JSON do not fail the job", async () => {
  const cycle: Record<string, unknown> = { big: 1n };
  cycle.self = cycle;
  await using app = await setup({ url, jobs: { talk: async (_args: object, { log }) => log.info(cycle, "odd") } });
  await app.start();

  const { id } = await app.enqueue("talk");
  await Promise.race([app.event("completed"), app.event("failed")]);

  expect(await app.show(id)).toMatchObject({ state: "completed", logs: [expect.stringContaining("odd")] });
});

test("a log line without fields is a line all the same", async () => {
  const talk = async (_args: object, { log }: JobContext) => {
    for (const nothing of [null, undefined, 42]) log.info(nothing as never, "odd");
  };
  await using app = await setup({ url, jobs: { talk } });
  await app.start();

  await app.enqueue("talk");
  await Promise.race([app.event("completed"), app.event("failed")]);

  expect(app.seen.filter(({ type }) => type === "log")).toMatchObject([
    { fields: {}, message: "odd" },
    { fields: {}, message: "odd" },
    { fields: { value: "42" }, message: "odd" },
  ]);
  expect(app.seen.filter(({ type }) => type === "failed")).toEqual([]);
});

test("of an error in log fields its own toJSON is not kept: it may hold the headers of a request", async () => {
  const error = Object.assign(new Error("status 500"), { code: "ERR", toJSON: () => ({ token: "secret" }) });
  const talk = async (_args: object, { log }: JobContext) => {
    log.warn({ error }, "inside");
    log.warn(error, "alone");
  };
  await using app = await setup({ url, jobs: { talk } });
  await app.start();

  await app.enqueue("talk");
  await app.event("completed");

  const plain = { name: "Error", message: "status 500", code: "ERR", stack: expect.any(String) };
  const lines = app.seen.filter(({ type }) => type === "log");
  expect(lines.map((line) => (line as { fields: object }).fields)).toEqual([{ error: plain }, plain]);
});

const cycle: Record<string, unknown> = {};
cycle.self = cycle;
const results: readonly (readonly [what: string, value: unknown])[] = [
  ["a BigInt", 1n],
  ["an object with a BigInt", { id: 1n }],
  ["a cycle", cycle],
  ["a function", () => {}],
  ["two megabytes", "x".repeat(2_000_000)],
  ["half as many characters of two bytes each", "ä".repeat(600_000)],
];

for (const [what, value] of results) {
  test(`${what}, returned, does not repeat the work: a marker is stored`, async () => {
    let starts = 0;
    const give = defineJob({
      attempts: 3,
      handler: async () => {
        starts++;
        return value;
      },
    });
    await using app = await setup({ url, jobs: { give: give as AnyJob } });
    await app.start();

    const { id } = await app.enqueue("give");
    await app.event("completed");

    expect(await app.event("resultDropped")).toMatchObject({ id, reason: expect.any(String) });
    expect(await app.show(id)).toMatchObject({
      state: "completed",
      result: { "taskq:resultDropped": expect.any(String) },
    });
    expect(starts).toBe(1);
  });
}

function hostile(): object {
  const refuse = () => {
    throw new Error("no looking");
  };
  return Object.defineProperties({}, { message: { get: refuse }, name: { get: refuse }, toJSON: { get: refuse } });
}

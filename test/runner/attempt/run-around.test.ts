import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import type { JobContext } from "../../../src/definition/context.ts";
import type { Hooks } from "../../../src/definition/hooks.ts";
import { runAround } from "../../../src/runner/attempt/run-around.ts";
import { testRedis } from "../../helpers/redis.ts";
import { gate, setup } from "../../helpers/setup.ts";

const { url } = await testRedis();
const context = {} as JobContext;
const around = (hook: NonNullable<Hooks["aroundJob"]>, run: () => unknown = async () => "result") =>
  runAround(hook, context, run);
const fail = async () => {
  throw new Error("the handler failed");
};

test("the result is the handler's, whatever the hook returns", async () => {
  expect(await around((_context, next) => next())).toBe("result");
  expect(await around(async (_context, next) => void (await next()))).toBe("result");
});

test("an error of the handler passes through, unless the hook catches it", async () => {
  await expect(around((_context, next) => next(), fail)).rejects.toThrow("the handler failed");
  expect(await around((_context, next) => next().catch(() => {}), fail)).toBeUndefined();
});

test("an error of the hook fails the job, before the handler and after it", async () => {
  let ran = 0;
  const count = () => ran++;
  const before = async () => {
    throw new Error("no tenant");
  };
  await expect(around(before, count)).rejects.toThrow("no tenant");
  expect(ran).toBe(0);

  const after = async (_context: JobContext, next: () => Promise<unknown>) => {
    await next();
    throw new Error("the commit failed");
  };
  await expect(around(after, count)).rejects.toThrow("the commit failed");
  expect(ran).toBe(1);
});

test("a hook that does not wait for next does not hide how the handler ends", async () => {
  const careless = (_context: JobContext, next: () => Promise<unknown>) => void next();
  expect(await around(careless, () => wait(50, "late"))).toBe("late");
  await expect(around(careless, () => wait(50).then(fail))).rejects.toThrow("the handler failed");
});

test("a hook that calls next twice or never is told so", async () => {
  let ran = 0;
  const twice = async (_context: JobContext, next: () => Promise<unknown>) => {
    await next();
    await next().catch(() => {});
  };
  await expect(around(twice, () => ran++)).rejects.toMatchObject({
    code: "HOOK_FAILED",
    message: "the hook aroundJob called next twice: the handler ran once",
  });
  expect(ran).toBe(1);
  await expect(around(async () => "done")).rejects.toMatchObject({
    code: "HOOK_FAILED",
    message: "the hook aroundJob ended without next: the handler did not run",
  });
});

test("a hook that calls next after it has ended is refused: its attempt has failed already", async () => {
  let ran = 0;
  let refused: Promise<unknown> | undefined;
  const late = async (_context: JobContext, next: () => Promise<unknown>) => {
    refused = wait(50).then(next);
  };

  await expect(around(late, () => ran++)).rejects.toThrow("ended without next");

  await expect(refused).rejects.toMatchObject({
    code: "HOOK_FAILED",
    message: "the hook aroundJob called next after it had ended: the handler did not run",
  });
  expect(ran).toBe(0);
});

test("in a worker it wraps every attempt, with the context of its job", async () => {
  const seen: string[] = [];
  const aroundJob: Hooks["aroundJob"] = async ({ job, attempt, state }, next) => {
    seen.push(`${job.name} ${attempt} ${state.word}`);
    await next();
    seen.push("after");
  };
  await using app = await setup({
    url,
    jobs: {
      flaky: async (_args: object, { attempt }) => {
        if (attempt === 1) throw new Error("not yet");
        return attempt;
      },
    },
    startup: [{ name: "work.open", domain: "work", file: "startup.ts", run: () => ({ word: "hello" }) }],
    config: { hooks: { aroundJob }, defaults: { attempts: 2 } },
  });
  await app.start();

  const { id } = await app.enqueue("flaky");
  await app.event("completed");

  expect(seen).toEqual(["work.flaky 1 hello", "work.flaky 2 hello", "after"]);
  expect((await app.show(id)).result).toBe(2);
});

test("a handler does not begin when its hook calls next after the attempt was aborted", async () => {
  const waited = gate();
  const refused = gate();
  let ran = 0;
  let thrown: unknown;
  const aroundJob: Hooks["aroundJob"] = async (_context, next) => {
    await waited.opened;
    await next().catch((error) => {
      thrown = error;
      refused.open();
    });
  };
  await using app = await setup({
    url,
    jobs: { slow: async () => void ran++ },
    config: { hooks: { aroundJob }, defaults: { timeout: "100ms" } },
  });
  await app.start();

  await app.enqueue("slow");
  await app.event("failed");
  waited.open();
  await refused.opened;

  expect(thrown).toMatchObject({ code: "JOB_TIMEOUT" });
  expect(ran).toBe(0);
});

import { expectTypeOf, test } from "vitest";
import { z } from "zod";
import { defineJob } from "../src/index.ts";
import { runJob, type TestRun } from "../src/testing.ts";

const render = defineJob({
  args: z.object({ page: z.string().transform(Number) }),
  handler: async ({ page }) => ({ height: page * 2 }),
});
const blocking = defineJob({ handler: ({ n }: { n: number }) => n });
const send = async ({ to }: { to: string }) => to.length;
const prune = async () => ({ pruned: 3 });

test("a job that is run in a test has the type of its result", () => {
  expectTypeOf(runJob(render, { page: "3" })).resolves.toEqualTypeOf<TestRun<{ height: number }>>();
  expectTypeOf(runJob(blocking, { n: 1 }, { attempt: 2 })).resolves.toEqualTypeOf<TestRun<number>>();
  expectTypeOf(runJob(send, { to: "ada" })).resolves.toEqualTypeOf<TestRun<number>>();
  expectTypeOf(runJob(prune, {})).resolves.toEqualTypeOf<TestRun<{ pruned: number }>>();
  expectTypeOf(runJob(prune)).resolves.toEqualTypeOf<TestRun<{ pruned: number }>>();
});

test("it is given what would be enqueued", () => {
  // @ts-expect-error: a number is what the handler gets, not what is enqueued
  void runJob(render, { page: 3 });
  // @ts-expect-error: no arg is called so
  void runJob(blocking, { wrong: 1 });
  // @ts-expect-error: an arg too many
  void runJob(send, { to: "ada", wrong: 1 });
  // @ts-expect-error: it takes none
  void runJob(prune, { days: 3 });
  // @ts-expect-error: its args are missing
  void runJob(send);
});

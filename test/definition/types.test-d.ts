import { expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { JobContext } from "../../src/definition/context.ts";
import { type AnyJob, defineJob, type JobDefinition } from "../../src/definition/job.ts";
import { defineSchedule } from "../../src/definition/schedule.ts";

const page = z.object({ page: z.string().transform(Number), size: z.number().default(20) });

test("a schema types what is enqueued and what the handler gets, each its own way", () => {
  const render = defineJob({
    args: page,
    handler(args, context) {
      expectTypeOf(args).toEqualTypeOf<{ page: number; size: number }>();
      expectTypeOf(context).toEqualTypeOf<JobContext>();
      return args.page;
    },
  });
  type Input = { page: string; size?: number | undefined };
  type Args = { page: number; size: number };
  expectTypeOf(render).toEqualTypeOf<JobDefinition<Input, Args, number>>();
});

test("an async handler's result is its promise", () => {
  const render = defineJob({ args: page, handler: async ({ page }) => ({ page }) });
  expectTypeOf(render.handler).returns.toEqualTypeOf<Promise<{ page: number }>>();
});

test("without a schema the handler's own type holds for both", () => {
  const send = defineJob({ handler: async ({ userId }: { userId: string }) => userId });
  expectTypeOf(send).toEqualTypeOf<JobDefinition<{ userId: string }, { userId: string }, Promise<string>>>();
});

test("any job goes where a list of jobs is wanted", () => {
  expectTypeOf(defineJob({ args: page, handler: () => {} })).toExtend<AnyJob>();
  expectTypeOf(defineJob({ handler: async (_: { a: number }) => {} })).toExtend<AnyJob>();
});

test("a handler that wants what its schema does not give is refused", () => {
  // @ts-expect-error: the schema gives a number
  defineJob({ args: page, handler: ({ page }: { page: string }) => page });
  // @ts-expect-error: a job without a handler is none
  defineJob({ args: page });
  // @ts-expect-error: a mistyped option
  defineJob({ attempt: 3, handler: async () => {} });
});

test("a schedule takes a job or an async function, and no plain one", () => {
  defineSchedule({ job: defineJob({ handler: () => {} }), every: "1h" });
  defineSchedule({ job: async () => {}, cron: "@daily" });
  // @ts-expect-error: it is not async
  defineSchedule({ job: () => {}, every: "1h" });
  defineSchedule({ handler: async () => {}, cron: ["@daily", "0 12 * * *"] });
  // @ts-expect-error one of the two
  defineSchedule({ every: "1h" });
  // @ts-expect-error not both
  defineSchedule({ job: async () => {}, handler: async () => {}, every: "1h" });
  // @ts-expect-error: a mistyped option
  defineSchedule({ job: async () => {}, evry: "1h" });
});

test("a schedule's args are those of its job, and are left out where all of them may be", () => {
  const render = defineJob({ args: page, handler: () => {} });
  const send = async (_: { to: string }) => {};
  defineSchedule({ job: render, args: { page: "3" }, every: "1h" });
  defineSchedule({ job: send, args: { to: "ada" }, every: "1h" });
  defineSchedule({ handler: async ({ to }: { to: string }) => to, args: { to: "ada" }, every: "1h" });
  defineSchedule({ job: async (_: { days?: number }) => {}, every: "1h" });
  // @ts-expect-error: a number is what the handler gets, not what is enqueued
  defineSchedule({ job: render, args: { page: 3 }, every: "1h" });
  // @ts-expect-error: an arg too many
  defineSchedule({ job: send, args: { to: "ada", wrong: 1 }, every: "1h" });
  // @ts-expect-error: its args are missing
  defineSchedule({ job: send, every: "1h" });
  // @ts-expect-error: it takes none
  defineSchedule({ handler: async () => {}, args: { to: "ada" }, every: "1h" });
});

test("a schedule's own handler gets a context, and any args where it names none", () => {
  defineSchedule({
    async handler(args, context) {
      expectTypeOf(args).toBeAny();
      expectTypeOf(context).toEqualTypeOf<JobContext>();
    },
    args: { to: "ada" },
    every: "1h",
  });
});

test("where `unique` is a function it gets what is enqueued", () => {
  defineJob({
    args: page,
    unique(args) {
      expectTypeOf(args).toEqualTypeOf<{ page: string; size?: number | undefined }>();
      return args.page;
    },
    handler: async () => {},
  });
  // @ts-expect-error: no arg is called so
  defineJob({ args: page, unique: ({ pages }) => pages, handler: async () => {} });
});

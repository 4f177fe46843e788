import { expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { Client } from "../../src/client/client.ts";
import { defineJob } from "../../src/definition/job.ts";
import type { ArgsOf, ResultOf, TypedJob } from "../../src/definition/typed-jobs.ts";

const render = defineJob({
  args: z.object({ page: z.string().transform(Number), size: z.number().default(20) }),
  handler: async ({ page }) => ({ pages: page }),
});
const send = async ({ to }: { to: string }) => to;
const prune = async () => {};

interface Jobs {
  "reports.render": TypedJob<typeof render>;
  "mail.send": TypedJob<typeof send>;
  "mail.prune": TypedJob<typeof prune>;
}

declare const typed: Client<Jobs>;
declare const untyped: Client;
declare const anyName: string;

test("a declared name types its args, as they are enqueued and not as the handler gets them", () => {
  void typed.enqueue("reports.render", { page: "3" }, { delay: "1m" });
  void typed.enqueue("mail.send", { to: "ada" });
  void typed.enqueue("mail.prune", {});
  // @ts-expect-error: a number, and the input is text
  void typed.enqueue("reports.render", { page: 3 });
  // @ts-expect-error: an arg is missing
  void typed.enqueue("mail.send", {});
  // @ts-expect-error: an arg of another name
  void typed.enqueue("mail.send", { to: "ada", form: "bob" });
  // @ts-expect-error: it takes none
  void typed.enqueue("mail.prune", { days: 3 });
});

test("a name that was not declared is refused, as is a text that could be any", () => {
  // @ts-expect-error: no job has it
  void typed.enqueue("mail.sent", { to: "ada" });
  // @ts-expect-error: it may be no job
  void typed.enqueue(anyName, { to: "ada" });
});

test("without declarations any name is taken", () => {
  void untyped.enqueue("mail.send", { to: "ada" });
  void untyped.enqueue(anyName, {});
  // @ts-expect-error: args are an object
  void untyped.enqueue(anyName, "ada");
});

test("a job that is given itself types its args, declared or not", () => {
  void untyped.enqueue(render, { page: "3" });
  void typed.enqueue(send, { to: "ada" });
  // @ts-expect-error: the input is text
  void untyped.enqueue(render, { page: 3 });
  // @ts-expect-error: an arg is missing
  void typed.enqueue(send, {});
});

test("args and results are told of names, definitions and functions", () => {
  expectTypeOf<ArgsOf<"reports.render", Jobs>>().toEqualTypeOf<{ page: string; size?: number | undefined }>();
  expectTypeOf<ArgsOf<typeof prune>>().toEqualTypeOf<Record<string, never>>();
  expectTypeOf<ResultOf<"reports.render", Jobs>>().toEqualTypeOf<{ pages: number }>();
  expectTypeOf<ResultOf<"mail.prune", Jobs>>().toEqualTypeOf<void>();
  expectTypeOf<ResultOf<typeof send>>().toEqualTypeOf<string>();
  expectTypeOf<ResultOf<"any.name">>().toEqualTypeOf<unknown>();
});

import { expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { JobContext } from "../../src/definition/context.ts";
import type { Enqueue } from "../../src/definition/enqueue.ts";
import { defineJob } from "../../src/definition/job.ts";
import type { TypedJob } from "../../src/definition/typed-jobs.ts";
import type { Batch, Client, Receipt } from "../../src/index.ts";

const render = defineJob({
  args: z.object({ page: z.string().transform(Number), size: z.number().default(20) }),
  handler: async ({ page }) => page,
});
const sendMail = defineJob({ handler: async ({ to }: { to: string }) => to });
const send = async ({ to }: { to: string }, { log }: JobContext) => log.info(to);
const prune = async () => {};
const tidy = defineJob({ handler: async () => {} });
const list = defineJob({ args: z.object({ page: z.number().optional() }), handler: async () => {} });
const sweep = async ({ days = 3 }: { days?: number } = {}) => days;

interface Jobs {
  "reports.render": TypedJob<typeof render>;
  "mail.send": TypedJob<typeof send>;
  "mail.prune": TypedJob<typeof prune>;
}

declare const enqueue: JobContext["enqueue"];
declare const typed: Enqueue<Jobs>;
declare const anyName: string;

test("a handler enqueues as a client does, and a batch too: it is one type", () => {
  expectTypeOf<JobContext["enqueue"]>().toEqualTypeOf<Enqueue>();
  expectTypeOf<Client["enqueue"]>().toEqualTypeOf<Enqueue>();
  expectTypeOf<Client<Jobs>["enqueue"]>().toEqualTypeOf<Enqueue<Jobs>>();
  expectTypeOf<Batch<Jobs>["enqueue"]>().toEqualTypeOf<Enqueue<Jobs>>();
  expectTypeOf(enqueue(sendMail, { to: "ada" })).toEqualTypeOf<Promise<Receipt>>();
});

test("in a handler the args are those of the job that is given: the schema's input, the first parameter", () => {
  void enqueue(render, { page: "3" }, { delay: "1m" });
  void enqueue(sendMail, { to: "ada" });
  void enqueue(send, { to: "ada" });
  void enqueue(sweep, { days: 7 });
  // @ts-expect-error: a number is what the handler gets, not what is enqueued
  void enqueue(render, { page: 3 });
  // @ts-expect-error: no arg is called so
  void enqueue(sendMail, { wrong: 1 });
  // @ts-expect-error: an arg too many
  void enqueue(sendMail, { to: "ada", wrong: 1 });
  // @ts-expect-error: an arg is missing
  void enqueue(send, {});
  // @ts-expect-error: it takes none
  void enqueue(prune, { days: 3 });
  // @ts-expect-error: days are a number
  void enqueue(sweep, { days: "7" });
  // @ts-expect-error: it is not async
  void enqueue(() => {}, {});
  // @ts-expect-error: a mistyped option
  void enqueue(sendMail, { to: "ada" }, { dealy: "1m" });
});

test("in a handler a declared name types its args, and no other name is taken", () => {
  void typed("reports.render", { page: "3" });
  void typed("mail.send", { to: "ada" }, { id: "welcome" });
  void typed(sendMail, { to: "ada" });
  // @ts-expect-error: the input is text
  void typed("reports.render", { page: 3 });
  // @ts-expect-error: an arg is missing
  void typed("mail.send", {});
  // @ts-expect-error: no job has this name
  void typed("mail.sent", { to: "ada" });
  // @ts-expect-error: it may be no job
  void typed(anyName, {});
});

test("in a handler any name is taken where none was declared", () => {
  void enqueue("mail.send", { to: "ada" });
  void enqueue(anyName, {});
  // @ts-expect-error: args are an object
  void enqueue(anyName, "ada");
});

test("args are left out where all of them may be", () => {
  void typed("mail.prune");
  void enqueue(prune);
  void enqueue(tidy);
  void enqueue(list);
  void enqueue(sweep);
  void enqueue(anyName);
  // @ts-expect-error: its args are missing
  void enqueue(sendMail);
  // @ts-expect-error: its args are missing
  void enqueue(send);
  // @ts-expect-error: its args are missing
  void enqueue(render);
  // @ts-expect-error: its args are missing
  void typed("mail.send");
  // @ts-expect-error: no job has this name
  void typed("mail.prine");
});

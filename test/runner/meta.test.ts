import { expect, test } from "vitest";
import { z } from "zod";
import type { JobContext } from "../../src/definition/context.ts";
import type { CompletedJob } from "../../src/definition/hooks.ts";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { showJob } from "../../src/inspect/job.ts";
import { testRedis } from "../helpers/redis.ts";
import { gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();

test("what goes along with a job reaches its handler, the hook around it and the one after it, and is no arg", async () => {
  const around: unknown[] = [];
  const given: unknown[] = [];
  const told = gate();
  let completed: CompletedJob | undefined;
  const greet = defineJob({
    args: z.strictObject({ name: z.string().transform((name) => name.toUpperCase()) }),
    handler(args, { job }) {
      given.push([args, job.args, job.meta]);
    },
  });
  await using app = await setup({
    url,
    jobs: { greet: greet as AnyJob },
    config: {
      hooks: {
        aroundJob({ job }: JobContext, next) {
          around.push([job.args, job.meta]);
          return next();
        },
        onCompleted(job) {
          completed = job;
          told.open();
        },
      },
    },
  });
  await app.start();

  await app.enqueue("greet", { name: "ada" }, { meta: { tenant: "acme" } });
  await told.opened;

  expect(given).toEqual([[{ name: "ADA" }, { name: "ada" }, { tenant: "acme" }]]);
  expect(around).toEqual([[{ name: "ada" }, { tenant: "acme" }]]);
  expect(completed).toMatchObject({ args: { name: "ada" }, meta: { tenant: "acme" } });
});

test("a job with which nothing goes along has an empty meta, and null where it is shown", async () => {
  let meta: unknown;
  await using app = await setup({
    url,
    jobs: {
      greet: async (_args: object, { job }) => {
        meta = job.meta;
      },
    },
  });
  await app.start();

  const { id } = await app.enqueue("greet");
  await app.event("completed");

  expect(meta).toEqual({});
  expect((await app.show(id)).meta).toBeNull();
});

test("keys to redact are hidden in it where it is shown", async () => {
  await using app = await setup({ url, jobs: { greet: async () => {} } });

  const { id } = await app.enqueue("greet", {}, { meta: { tenant: "acme", token: "secret" } });

  const { meta } = await showJob(app.broker, id, undefined, ["token"]);
  expect(meta).toEqual({ tenant: "acme", token: "[redacted]" });
});

test.each([
  [["acme"], "the meta must be a JSON object, not an array"],
  [{ id: 1n }, "the meta hold a bigint at id, which JSON cannot carry"],
  [JSON.parse('{"a":{"__proto__":1}}'), 'the meta hold the key "__proto__" at a.__proto__, which is refused'],
])("meta that is no plain JSON object is refused: %o", async (meta, message) => {
  await using app = await setup({ url, jobs: { greet: async () => {} } });

  await expect(app.enqueue("greet", {}, { meta })).rejects.toMatchObject({ code: "ARGS_INVALID", message });
});

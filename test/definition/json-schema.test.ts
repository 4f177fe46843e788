import { expect, test } from "vitest";
import { z } from "zod";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { jsonSchemaOf } from "../../src/definition/json-schema.ts";

const handler = () => {};
const withInput = (input: unknown) =>
  ({ ...defineJob({ handler }), args: { "~standard": { jsonSchema: { input } } } }) as unknown as AnyJob;

test("the schema is that of the input", () => {
  const args = z.object({ page: z.string().transform(Number), size: z.number().default(20) });

  expect(jsonSchemaOf(defineJob({ args, handler }))).toMatchObject({
    properties: { page: { type: "string" }, size: { type: "number" } },
    required: ["page"],
  });
});

test.each([
  ["a job without a schema", defineJob({ handler })],
  ["what JSON schema cannot say", defineJob({ args: z.object({ at: z.date() }), handler })],
  ["a validator that cannot describe itself", withInput(undefined)],
  ["a validator that gives what is no JSON", withInput(() => ({ default: 1n }))],
  ["a validator that gives nothing", withInput(() => undefined)],
  ["a validator that gives a text", withInput(() => "object")],
])("there is none for %s", (_what, job) => {
  expect(jsonSchemaOf(job as AnyJob)).toBe(null);
});

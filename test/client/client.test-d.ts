import { expectTypeOf, test } from "vitest";
import { z } from "zod";
import { type Client, defineJob, type JobDetail, type MapOutcome, type StoredJob } from "../../src/index.ts";

declare const client: Client;
const render = defineJob({
  args: z.object({ page: z.string().transform(Number) }),
  handler: async ({ page }) => ({ height: page * 2 }),
});

test("a result has the type of what the handler returns", () => {
  expectTypeOf(client.enqueueAndWait(render, { page: "3" }))
    .resolves.toHaveProperty("result")
    .toEqualTypeOf<{
      height: number;
    }>();
  expectTypeOf(client.map(render, [{ page: "3" }])).resolves.toEqualTypeOf<{ height: number }[]>();
  expectTypeOf(client.map(render, [{ page: "3" }], { onError: "collect" })).resolves.toEqualTypeOf<
    MapOutcome<{ height: number }>[]
  >();
});

test("args are the input of the schema", () => {
  // @ts-expect-error a number is what the handler gets, not what is enqueued
  void client.map(render, [{ page: 3 }]);
});

test("a job that is looked for may not be there", () => {
  expectTypeOf(client.job("id")).resolves.toEqualTypeOf<JobDetail | undefined>();
  expectTypeOf(client.jobs()).toEqualTypeOf<AsyncIterable<StoredJob>>();
});

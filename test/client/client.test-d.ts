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

test("a job without args is waited for by itself", () => {
  const prune = async () => ({ pruned: 3 });
  expectTypeOf(client.enqueueAndWait(prune)).resolves.toHaveProperty("result").toEqualTypeOf<{ pruned: number }>();
  // @ts-expect-error its args are missing
  void client.enqueueAndWait(render);
});

test("args are the input of the schema", () => {
  // @ts-expect-error a number is what the handler gets, not what is enqueued
  void client.map(render, [{ page: 3 }]);
  // @ts-expect-error an arg too many
  void client.map(render, [{ page: "3", wrong: 1 }]);
  // @ts-expect-error the same
  void client.enqueueMany(render, [{ page: "3", wrong: 1 }]);
});

test("a job that is looked for may not be there", () => {
  expectTypeOf(client.job("id")).resolves.toEqualTypeOf<JobDetail | undefined>();
  expectTypeOf(client.jobs()).toEqualTypeOf<AsyncIterable<StoredJob>>();
});

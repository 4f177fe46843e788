import { expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";

const project = createProject({
  broker: "redis://127.0.0.1:1",
  config: `export default { abortGrace: "100ms" };`,
  jobs: {
    "shop/jobs/startup.js": "export default () => ({ rate: 7 });",
    "shop/jobs/shutdown.js": `export default () => console.error("closed");`,
    "shop/jobs/tasks.js": `
      import { defineJob } from "taskq";
      import { z } from "zod";

      export const price = defineJob({
        args: z.object({ count: z.coerce.number() }),
        async handler({ count }, { state }) { return { price: count * state.rate }; },
      });
      export async function fail() { throw new Error("no such luck"); }
      export async function nothing() {}
      export const endless = defineJob({ timeout: "50ms", handler: () => new Promise(() => setInterval(() => {}, 1e6)) });
      export const obedient = defineJob({
        timeout: "50ms",
        handler: (_args, { signal }) =>
          new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      });
    `,
  },
});

test("run gives the handler the schema's output and the startup state, and prints the result", async () => {
  const { stdout, stderr, code } = await project.taskq("run", "shop.price", "--args", '{"count": "3"}');

  expect({ result: JSON.parse(stdout), stderr, code }).toEqual({ result: { price: 21 }, stderr: "closed\n", code: 0 });
});

test("run prints null for a job that returns nothing", async () => {
  expect(await project.taskq("run", "shop.nothing")).toEqual({ stdout: "null\n", stderr: "closed\n", code: 0 });
});

test("run exits 1 for a job that fails", async () => {
  expect(await project.taskq("run", "shop.fail")).toEqual({
    stdout: "",
    stderr: "closed\nerror: shop.fail failed: no such luck\n",
    code: 1,
  });
});

test.each(["shop.endless", "shop.obedient"])("run exits 1 for %s, which outlasts its timeout", async (job) => {
  expect(await project.taskq("run", job)).toEqual({
    stdout: "",
    stderr: `closed\nerror: ${job} timed out after 50 ms\n`,
    code: 1,
  });
});

test("run refuses args that do not fit the schema, before any startup file runs", async () => {
  expect(await project.taskq("run", "shop.price", "--args", '{"count": "many"}')).toEqual({
    stdout: "",
    stderr: "error: the args of shop.price are invalid: count: Invalid input: expected number, received NaN\n",
    code: 2,
  });
});

test("run knows the jobs by name", async () => {
  expect(await project.taskq("run", "shop.prize")).toEqual({
    stdout: "",
    stderr: 'error: no job is named "shop.prize"\nhint: Did you mean shop.price?\n',
    code: 4,
  });
});

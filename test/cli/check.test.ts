import { expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";

test("all jobs of a CommonJS file are found, and a default export is no list of jobs elsewhere", async () => {
  const object = "{ send: defineJob({ handler: async () => 1 }), prune: async () => 2, limit: 3 }";
  const { json } = createProject({
    jobs: {
      "common/jobs/tasks.cjs": `const { defineJob } = require("taskq");\nmodule.exports = ${object};`,
      "one/jobs/tasks.cjs": `const { defineJob } = require("taskq");\nmodule.exports = defineJob({ handler: async () => 1 });`,
      "module/jobs/tasks.mjs": `import { defineJob } from "taskq";\nexport default ${object};\nexport async function own() {}`,
    },
  });
  const { jobs, ignored, warnings } = await json("check");
  expect(jobs.map(({ name }: { name: string }) => name)).toEqual([
    "common.send",
    "common.prune",
    "module.own",
    "one.tasks",
  ]);
  expect([ignored, warnings]).toEqual([2, []]);
});

test("an object with a handler that was not made a job is warned of, and a queue of the config that has no job", async () => {
  const { json, taskq } = createProject({
    config: "export default { queues: { mial: { concurrency: 1 }, mail: {}, elsewhere: {} } };",
    jobs: {
      "mail/jobs/tasks.js": `export async function send() {}
export const notMarked = { async handler() {} };
export const limit = 3;`,
    },
  });
  const file = "src/app/domain/mail/jobs/tasks.js";
  const message = '"notMarked" has a handler, but it is not taken for a job without `defineJob`';
  const unused = { code: "QUEUE_UNUSED", file: "taskq.config.js" };
  expect(await json("check")).toMatchObject({
    errors: [],
    warnings: [
      { code: "OBJECT_IGNORED", message, file },
      { ...unused, message: 'no job of this project is on the queue "mial": did you mean "mail"?' },
      { ...unused, message: 'no job of this project is on the queue "elsewhere"' },
    ],
    ignored: 1,
  });
  const { stdout, code } = await taskq("check");
  expect(stdout).toContain("3 warnings, 1 other export ignored");
  expect(code).toBe(0);
});

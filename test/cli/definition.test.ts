import { expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";

const project = createProject({
  broker: "redis://127.0.0.1:1",
  config: `export default { queues: { mail: { timeout: "2m" } } };`,
  jobs: {
    "mail/jobs/tasks.js": `
      import { defineJob } from "taskq";
      export const send = defineJob({ attempts: 3, handler: async () => {} });
    `,
  },
});

test("job show --definition tells of a job by its name, without a broker", async () => {
  const { stdout, stderr, code } = await project.taskq("job", "show", "mail.send", "--definition");

  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  expect(stdout).toMatch(/^mail\.send\n {2}file +src\/app\/domain\/mail\/jobs\/tasks\.js \(send\)\n/);
  expect(stdout).toMatch(/^attempts +3 +the job$/m);
  expect(stdout).toMatch(/^timeout +2 min +config: queues\.mail$/m);
  expect(await project.json("job", "show", "mail.send", "--definition")).toMatchObject({ job: "mail.send" });
});

test("a name that no job has is refused, with the nearest", async () => {
  const { stderr, code } = await project.taskq("job", "show", "mail.sent", "--definition");

  expect(code).toBe(4);
  expect(stderr).toContain('no job is named "mail.sent"');
  expect(stderr).toContain("Did you mean mail.send?");
});

import { expect, test } from "vitest";
import { loadCatalog } from "../../src/discovery/load-catalog.ts";
import { createProject, fixtureProject, type TestProject } from "./project.ts";

const load = ({ config, loader }: TestProject) => loadCatalog(config, loader);

test("a project without problems is its catalog", async () => {
  const catalog = await load(fixtureProject("shop"));
  expect(catalog.findSchedule("greet-admin")?.job.name).toBe("mail.sendWelcome");
});

test("one problem is thrown as itself, its file first", async () => {
  const project = createProject({ "src/app/domain/mail/jobs/tasks.ts": "export const a = 1" });
  await expect(load(project)).rejects.toMatchObject({
    code: "FILE_INVALID",
    message: "src/app/domain/mail/jobs/tasks.ts: exports no job, only 1 other value",
    hint: "Export a `defineJob` value or an async function, or start the file's name with `_`.",
  });
});

test("several are thrown together, a line each", async () => {
  const project = createProject({
    "src/app/domain/mail/jobs/tasks.ts": "export const a = 1",
    "src/app/domain/mail/jobs/startup.ts": "export const a = 1",
  });
  await expect(load(project)).rejects.toMatchObject({
    code: "PROJECT_INVALID",
    message:
      "2 problems in the job files:\n" +
      "  src/app/domain/mail/jobs/startup.ts: exports no function to run at startup\n" +
      "  src/app/domain/mail/jobs/tasks.ts: exports no job, only 1 other value",
    hint: "Run `taskq check` to see them all with what to do.",
  });
});

test("a project without a job file is told where it was looked for", async () => {
  const project = createProject({}, { jobs: ["src/*/jobs", "lib/jobs"] });
  await expect(load(project)).rejects.toMatchObject({
    code: "NO_JOBS",
    message: `no job file was found in src/*/jobs, lib/jobs under ${project.config.root}`,
    hint: "Put a tasks.ts into src/app/domain/<domain>/jobs/, or correct `jobs` in the config.",
  });
});

import { mkdirSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { findJobFiles } from "../../src/discovery/find-job-files.ts";
import { createProject } from "./project.ts";

const project = (paths: readonly string[], jobs?: readonly string[]) =>
  createProject(Object.fromEntries(paths.map((path) => [path, ""])), jobs ? { jobs } : {}).config;
const find = async (paths: readonly string[], jobs?: readonly string[]) =>
  (await findJobFiles(project(paths, jobs))).files.map(({ path, kind, domain }) => `${path}: ${kind} of ${domain}`);

const mail = "src/app/domain/mail/jobs";

test("the four kinds are found as files and as folders, in the order of their paths", async () => {
  expect(
    await find([
      `${mail}/tasks/b.mjs`,
      `${mail}/tasks.ts`,
      `${mail}/tasks/a.cts`,
      `${mail}/startup.js`,
      `${mail}/shutdown/z.cjs`,
      `${mail}/scheduled.mts`,
    ]),
  ).toEqual([
    `${mail}/scheduled.mts: scheduled of mail`,
    `${mail}/shutdown/z.cjs: shutdown of mail`,
    `${mail}/startup.js: startup of mail`,
    `${mail}/tasks.ts: tasks of mail`,
    `${mail}/tasks/a.cts: tasks of mail`,
    `${mail}/tasks/b.mjs: tasks of mail`,
  ]);
});

test("declarations, tests, drafts, hidden files, other names and deeper folders are passed over", async () => {
  expect(
    await find([
      `${mail}/tasks/a.d.ts`,
      `${mail}/tasks/a.d.mts`,
      `${mail}/tasks/a.d.cts`,
      `${mail}/tasks/a.test.ts`,
      `${mail}/tasks/a.spec.js`,
      `${mail}/tasks/_a.ts`,
      `${mail}/tasks/.a.ts`,
      `${mail}/tasks/deeper/a.ts`,
      `${mail}/tasks/a.json`,
      `${mail}/helpers.ts`,
      "src/app/domain/node_modules/jobs/tasks.ts",
    ]),
  ).toEqual([]);
});

test("of a source and its output side by side the output is taken", async () => {
  expect(await find([`${mail}/tasks.ts`, `${mail}/tasks.js`, `${mail}/startup.mts`, `${mail}/startup.mjs`])).toEqual([
    `${mail}/startup.mjs: startup of mail`,
    `${mail}/tasks.js: tasks of mail`,
  ]);
});

test("a file within a kind's folder may have a kind's name", async () => {
  expect(await find([`${mail}/tasks/startup.ts`, `${mail}/tasks/tasks.ts`])).toEqual([
    `${mail}/tasks/startup.ts: tasks of mail`,
    `${mail}/tasks/tasks.ts: tasks of mail`,
  ]);
});

test("the domain is the folder above the jobs folder, whatever that one is called", async () => {
  expect(
    await find(
      ["src/mail/tasks/tasks.ts", "src/mail/tasks/scheduled.ts", "src/mail/tasks/tasks/a.ts"],
      ["./src/*/tasks/"],
    ),
  ).toEqual([
    "src/mail/tasks/scheduled.ts: scheduled of mail",
    "src/mail/tasks/tasks.ts: tasks of mail",
    "src/mail/tasks/tasks/a.ts: tasks of mail",
  ]);
});

test("a jobs folder at the root has the root for its domain", async () => {
  const config = project(["jobs/tasks.ts"], ["jobs"]);
  expect((await findJobFiles(config)).files).toEqual([
    { path: "jobs/tasks.ts", kind: "tasks", domain: basename(config.root) },
  ]);
});

test("a file that two globs fit is found once", async () => {
  expect(await find([`${mail}/tasks.ts`], ["src/app/domain/*/jobs", "src/**/jobs"])).toHaveLength(1);
});

test("what leads out of the project is named and not loaded, by link or by glob", async () => {
  const outside = project(["secret.ts", "jobs/tasks.ts"]);
  const config = project([`${mail}/startup.ts`], ["src/app/domain/*/jobs", `../${basename(outside.root)}/jobs`]);
  symlinkSync(join(outside.root, "secret.ts"), join(config.root, mail, "tasks.ts"));

  const { files, problems } = await findJobFiles(config);
  const message = "leads out of the project and is not loaded";
  expect(files.map(({ path }) => path)).toEqual([`${mail}/startup.ts`]);
  expect(problems).toEqual([
    { code: "FILE_INVALID", message, file: `../${basename(outside.root)}/jobs/tasks.ts` },
    { code: "FILE_INVALID", message, file: `${mail}/tasks.ts` },
  ]);
});

test("a link within the project is a file like any other, and one to nothing is named", async () => {
  const config = project(["src/lib/tasks.ts", `${mail}/startup.ts`]);
  symlinkSync("../../../../lib/tasks.ts", join(config.root, mail, "tasks.ts"));
  symlinkSync("gone.ts", join(config.root, mail, "shutdown.ts"));

  const { files, problems } = await findJobFiles(config);
  expect(files.map(({ path }) => path)).toEqual([`${mail}/startup.ts`, `${mail}/tasks.ts`]);
  expect(problems).toEqual([{ code: "FILE_INVALID", message: "is a link to nothing", file: `${mail}/shutdown.ts` }]);
});

test("a link in a circle ends, and a folder with a file's name is no file", async () => {
  const config = project([`${mail}/tasks.ts`], ["src/**/jobs"]);
  symlinkSync(join(config.root, "src"), join(config.root, mail, "again"));
  mkdirSync(join(config.root, mail, "startup.ts"));
  expect((await findJobFiles(config)).files.map(({ path }) => path)).toEqual([`${mail}/tasks.ts`]);
});

test("no link to a folder is followed or passed over in silence, be it a domain, its jobs or a kind", async () => {
  const outside = project(["jobs/tasks.ts"]);
  const config = project([`${mail}/startup.ts`, "src/lib/tasks/a.ts", "src/app/domain/billing/readme.md"]);
  const link = (target: string, path: string) => symlinkSync(target, join(config.root, path));
  link(outside.root, "src/app/domain/reports");
  link(join(config.root, "src/lib"), "src/app/domain/billing/jobs");
  link(join(config.root, "src/lib/tasks"), `${mail}/tasks`);
  link(join(config.root, "src/lib"), "src/app/domain/no-jobs-in-it");

  const { files, problems, warnings } = await findJobFiles(config);
  const ignored = { code: "LINK_IGNORED", message: "is a link to a folder, which is not followed" };
  expect(files.map(({ path }) => path)).toEqual([`${mail}/startup.ts`]);
  expect(problems).toEqual([
    {
      code: "FILE_INVALID",
      message: "leads out of the project and is not loaded",
      file: "src/app/domain/reports",
    },
  ]);
  expect(warnings).toEqual([
    { ...ignored, file: "src/app/domain/billing/jobs" },
    { ...ignored, file: `${mail}/tasks` },
  ]);
});

import { join } from "node:path";
import { expect, test } from "vitest";
import { discover } from "../../src/discovery/discover.ts";
import { createProject, fixtureProject, type TestProject } from "./project.ts";

const find = ({ config, loader }: TestProject) => discover(config, loader);

test("all problems of all files are reported, in the order of the files", async () => {
  const { problems } = await find(fixtureProject("mistakes"));
  const domain = "src/app/domain/";
  expect(problems.map(({ code, file, message }) => `${code} ${file!.slice(domain.length)}: ${message}`)).toEqual([
    "FILE_INVALID billing/jobs/startup.ts: exports no function to run at startup",
    "FILE_INVALID billing/jobs/tasks/charge.ts: threw when it was loaded: no DATABASE_URL: postgres://app:***@db/app is refused (at src/app/domain/billing/jobs/tasks/charge.ts:1)",
    "FILE_INVALID billing/jobs/tasks/helpers.ts: exports no job, only 1 function that is not async and 1 other value",
    "FILE_INVALID empty/jobs/tasks.ts: exports nothing",
    "SCHEDULE_INVALID mail/jobs/scheduled.ts: schedules[5] must be a schedule, not an object",
    "SCHEDULE_INVALID mail/jobs/scheduled.ts: the schedule inline: its job is not among the discovered ones",
    'SCHEDULE_INVALID mail/jobs/scheduled.ts: the schedule mail.send: the cron "0 0 31 4 *" never comes: its months have no such day',
    'SCHEDULE_INVALID mail/jobs/scheduled.ts: the schedule mail.send: the timezone "Mars/Base" is unknown: write it as Europe/Berlin or UTC',
    "SCHEDULE_INVALID mail/jobs/scheduled.ts: the schedule both: it has both `cron` and `every`",
    "SCHEDULE_INVALID mail/jobs/scheduled.ts: the schedule neither: it has neither `cron` nor `every`",
    "SCHEDULE_INVALID mail/jobs/scheduled.ts: the schedule args: the args of mail.send are invalid: userId: Invalid input: expected string, received number",
    "JOB_INVALID mail/jobs/tasks.ts: the job mail.unchecked: args must be a Standard Schema (zod, valibot, arktype …), not an object",
    'JOB_INVALID mail/jobs/tasks.ts: the job mail.unchecked: queue must hold no colon, not "mail:urgent" (string)',
    "JOB_INVALID mail/jobs/tasks.ts: the job mail.unchecked: handler is missing",
    'JOB_INVALID mail/jobs/tasks.ts: the job mail.wrong: handler must be a function, not "send" (string)',
    'JOB_INVALID mail/jobs/tasks.ts: the job mail.wrong: unknown key "attempt": did you mean "attempts"?',
    'JOB_INVALID mail/jobs/tasks.ts: the job mail.wrong: timeout must be a duration such as "30s", not "soon" (string)',
  ]);
});

test("a file that cannot be parsed is a problem of that file, and the others are still read", async () => {
  const { catalog, problems } = await find(
    createProject({
      "src/app/domain/a/jobs/tasks.ts": "export const = 3",
      "src/app/domain/b/jobs/tasks.ts": "export async function fine() {}",
    }),
  );
  expect(problems.map(({ code, file }) => [code, file])).toEqual([["FILE_INVALID", "src/app/domain/a/jobs/tasks.ts"]]);
  expect(problems[0]?.message).toMatch(/^threw when it was loaded: /);
  expect(problems[0]?.message).not.toContain("\n");
  expect(catalog.findJob("b.fine")).toBeDefined();
});

test("the job of a schedule that a scheduled file exports itself is to be moved to a tasks file, which is named", async () => {
  const scheduled = (exported: string) =>
    `import { defineJob, defineSchedule } from ${JSON.stringify(join(import.meta.dirname, "../../src/index.ts"))};
     ${exported} tidy = defineJob({ handler: async () => {} });
     export const all = [defineSchedule({ name: "nightly", job: tidy, cron: "0 3 * * *" })];`;
  const jobs = "src/app/domain/work/jobs";
  const { problems } = await find(
    createProject({
      [`${jobs}/scheduled.mts`]: scheduled("export const"),
      [`${jobs}/scheduled/more.ts`]: scheduled("const").replace("nightly", "weekly"),
    }),
  );
  expect(problems.map(({ message, hint }) => [message, hint])).toEqual([
    [
      "the schedule nightly: its job is not among the discovered ones",
      `Move the export tidy to a tasks file of this project, such as ${jobs}/tasks.mts, and import it here.`,
    ],
    [
      "the schedule weekly: its job is not among the discovered ones",
      `Export the job from a tasks file of this project, such as ${jobs}/tasks.ts, and import it here.`,
    ],
  ]);
});

test("a file that imports one which throws says where that is, in JavaScript and in TypeScript", async () => {
  const read = "export const read = (): string => {\n  throw new Error('no table');\n};";
  const { problems } = await find(
    createProject({
      "src/app/domain/a/jobs/tasks.ts":
        'import { rows } from "../db.ts";\nexport async function send() { return rows; }',
      "src/app/domain/a/db.ts": 'import { read } from "./read file.ts";\n\n\nexport const rows = read();',
      "src/app/domain/a/read file.ts": read,
      "src/app/domain/b/jobs/tasks.mjs": 'import "../read file.mjs";\nexport async function send() {}',
      "src/app/domain/b/read file.mjs": read.replace(": string", ""),
      "src/app/domain/b/jobs/tasks/other.mjs": "export async function fine() {}",
    }),
  );
  expect(problems).toMatchObject([
    { message: "threw when it was loaded: no table (at src/app/domain/a/read file.ts:2)" },
  ]);
});

test("a file that throws what is no error is a problem too", async () => {
  const { problems } = await find(
    createProject({
      "src/app/domain/a/jobs/tasks.mjs": "throw Object.create(null)",
      "src/app/domain/b/jobs/tasks.mjs": 'throw "no"',
    }),
  );
  expect(problems.map(({ message }) => message)).toEqual([
    "threw when it was loaded: something that is no error",
    "threw when it was loaded: no",
  ]);
});

test("two jobs of one name are refused, and both files named", async () => {
  const { problems } = await find(
    createProject({
      "src/app/domain/mail/jobs/tasks.ts": "export async function send() {}",
      "src/app/domain/mail/jobs/tasks/send.ts": "export default async function () {}",
    }),
  );
  expect(problems).toEqual([
    {
      code: "JOB_DUPLICATE",
      message:
        "src/app/domain/mail/jobs/tasks.ts and src/app/domain/mail/jobs/tasks/send.ts both define the job mail.send",
      file: undefined,
      hint: "Give one of them a `name`.",
    },
  ]);
});

test("two schedules of one name are refused, in one file too", async () => {
  const schedule = 'Object.assign({ job: send, every: "1h" }, { [Symbol.for("taskq.schedule")]: true })';
  const scheduled = `import { send } from "./tasks.ts";\nexport const a = ${schedule};\nexport const b = ${schedule};`;
  const { problems } = await find(
    createProject({
      "src/app/domain/mail/jobs/tasks.ts": "export async function send() {}",
      "src/app/domain/mail/jobs/scheduled.ts": scheduled,
    }),
  );
  expect(problems).toEqual([
    {
      code: "SCHEDULE_DUPLICATE",
      message: "src/app/domain/mail/jobs/scheduled.ts defines the schedule mail.send twice",
      file: undefined,
      hint: "Give one of them a `name`.",
    },
  ]);
});

test("an H that never comes for its schedule's name is a problem, not a crash", async () => {
  const schedules = Array.from({ length: 30 }, (_, index) => `schedule("name-${index}")`).join(", ");
  const { catalog, problems } = await find(
    createProject({
      "src/app/domain/mail/jobs/tasks.ts": "export async function send() {}",
      "src/app/domain/mail/jobs/scheduled.ts": `import { send } from "./tasks.ts";
const schedule = (name) => ({ name, job: send, cron: "0 0 31 H *", [Symbol.for("taskq.schedule")]: true });
export default [${schedules}];`,
    }),
  );
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length + catalog.schedules.length).toBe(30);
});

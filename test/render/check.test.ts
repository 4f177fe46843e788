import { expect, test } from "vitest";
import type { CheckReport } from "../../src/inspect/check-report.ts";
import { renderCheck } from "../../src/render/check.ts";
import { colored, plain } from "./style.ts";

const sound: CheckReport = {
  jobs: [
    { name: "accounts.sendWelcomeEmail", queue: "accounts", file: "src/accounts/jobs/tasks.ts" },
    { name: "mail.poll", queue: "mail", file: "src/mail/jobs/tasks.ts" },
    { name: "accounts.prune", queue: "accounts", file: "src/accounts/jobs/tasks.ts" },
  ],
  schedules: [
    {
      name: "accounts.prune",
      job: "accounts.prune",
      cron: "0 8 * * *",
      everyMs: null,
      timezone: "UTC",
      file: "src/accounts/jobs/scheduled.ts",
    },
    {
      name: "poll",
      job: "mail.poll",
      cron: null,
      everyMs: 60_000,
      timezone: "UTC",
      file: "src/mail/jobs/scheduled.ts",
    },
  ],
  queues: ["accounts", "mail"],
  hooks: [{ name: "accounts.openDatabase", kind: "startup", file: "src/accounts/jobs/startup.ts" }],
  errors: [],
  warnings: [],
  ignored: 0,
};
const broken: CheckReport = {
  ...sound,
  jobs: [],
  queues: [],
  schedules: [],
  hooks: [],
  errors: [
    { code: "FILE_INVALID", message: "it throws:\n\u001b[2Jboom", file: "src/a/jobs/tasks.ts", hint: "Mend the file." },
    { code: "NO_JOBS", message: "no job was found", file: null, hint: null },
  ],
  warnings: [{ code: "PLAIN_FUNCTION", message: "double is no job", file: "src/a/jobs/tasks.ts" }],
};

test("a sound project is listed by queue and ends in ok", () => {
  expect(renderCheck(sound, { style: plain })).toBe(
    [
      "queue accounts",
      "  accounts.sendWelcomeEmail  src/accounts/jobs/tasks.ts",
      "  accounts.prune             src/accounts/jobs/tasks.ts",
      "",
      "queue mail",
      "  mail.poll  src/mail/jobs/tasks.ts",
      "",
      "schedules",
      "  accounts.prune  Every day at 08:00",
      "  poll            Every 1 min         mail.poll",
      "",
      "hooks",
      "  accounts.openDatabase  startup  src/accounts/jobs/startup.ts",
      "",
      "ok: 3 jobs, 2 queues, 2 schedules, 0 errors, 0 warnings",
    ].join("\n"),
  );
});

test("errors and warnings are two lists, and nothing of them is cut", () => {
  expect(renderCheck(broken, { style: plain })).toBe(
    [
      "errors",
      "  FILE_INVALID  src/a/jobs/tasks.ts",
      "    it throws:",
      "    \\u001b[2Jboom",
      "    hint: Mend the file.",
      "  NO_JOBS",
      "    no job was found",
      "",
      "warnings",
      "  PLAIN_FUNCTION  src/a/jobs/tasks.ts",
      "    double is no job",
      "",
      "not ok: 0 jobs, 0 queues, 0 schedules, 2 errors, 1 warning",
    ].join("\n"),
  );
});

test("exports that are no job are counted where there are some", () => {
  expect(renderCheck({ ...sound, ignored: 1 }, { style: plain })).toContain("0 warnings, 1 other export ignored");
  expect(renderCheck({ ...sound, ignored: 2 }, { style: plain })).toContain("0 warnings, 2 other exports ignored");
});

test("in colour, the verdict is green or red", () => {
  expect(renderCheck(sound, { style: colored })).toContain("\u001b[32mok\u001b[39m: 3 jobs");
  expect(renderCheck(broken, { style: colored })).toContain("\u001b[31mnot ok\u001b[39m: 0 jobs");
});

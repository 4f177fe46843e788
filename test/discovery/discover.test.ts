import { expect, test } from "vitest";
import type { Catalog } from "../../src/discovery/catalog.ts";
import { discover } from "../../src/discovery/discover.ts";
import { fixtureProject, type TestProject } from "./project.ts";

const find = ({ config, loader }: TestProject) => discover(config, loader);
const jobsOf = ({ jobs }: Catalog) => jobs.map(({ name, queue, file }) => `${name} on ${queue} in ${file}`);

test("jobs are what defineJob made and async functions, named after domain and export, file or `name`", async () => {
  const { catalog, problems } = await find(fixtureProject("shop"));
  const billing = "src/app/domain/billing/jobs/tasks";
  expect(problems).toEqual([]);
  expect(jobsOf(catalog)).toEqual([
    `billing.charge-card on payments in ${billing}/charge-card.ts`,
    `settle-invoices on billing in ${billing}/settle.mts`,
    "mail.tasks on mail in src/app/domain/mail/jobs/tasks.ts",
    "mail.pruneSessions on mail in src/app/domain/mail/jobs/tasks.ts",
    "mail.sendWelcome on mail in src/app/domain/mail/jobs/tasks.ts",
  ]);
  expect(catalog.queues).toEqual(["billing", "mail", "payments"]);
  expect(catalog.job("mail.sendWelcome").definition.attempts).toBe(5);
});

test("a plain function is warned of; a class, a value and a test file are not", async () => {
  const { catalog } = await find(fixtureProject("shop"));
  expect(catalog.warnings).toEqual([
    {
      code: "FUNCTION_IGNORED",
      message: 'the function "render" is not async, so it is not taken for a job',
      file: "src/app/domain/mail/jobs/tasks.ts",
    },
  ]);
});

test("a schedule finds its job by identity, and is named after it unless it says otherwise", async () => {
  const { catalog } = await find(fixtureProject("shop", { timezone: "Asia/Tokyo" }));
  expect(
    catalog.schedules.map(({ name, job, cron, everyMs, timezone, args, overlap }) => ({
      name,
      job: job.name,
      cron,
      everyMs,
      timezone,
      args,
      overlap,
    })),
  ).toEqual([
    {
      name: "settle-invoices",
      job: "settle-invoices",
      cron: undefined,
      everyMs: 600_000,
      timezone: "Asia/Tokyo",
      args: {},
      overlap: "skip",
    },
    {
      name: "mail.pruneSessions",
      job: "mail.pruneSessions",
      cron: "43 3 * * *",
      everyMs: undefined,
      timezone: "Asia/Tokyo",
      args: {},
      overlap: "skip",
    },
    {
      name: "greet-admin",
      job: "mail.sendWelcome",
      cron: "0 8 * * MON-FRI",
      everyMs: undefined,
      timezone: "Europe/Berlin",
      args: { userId: "admin" },
      overlap: "allow",
    },
  ]);
  expect(catalog.schedules[2]?.job).toBe(catalog.job("mail.sendWelcome"));
});

test("hooks are the functions of their files, in the order of the paths", async () => {
  const { catalog } = await find(fixtureProject("shop"));
  const state = { seen: true };
  expect(catalog.startup.map(({ name }) => name)).toEqual(["billing.a-database", "billing.openCache"]);
  expect(await Promise.all(catalog.startup.map(({ run }) => run({ state })))).toEqual([
    { db: "open" },
    { cache: "open" },
  ]);
  expect(catalog.shutdown.map(({ name, domain }) => [name, domain])).toEqual([["billing.shutdown", "billing"]]);
});

test("compiled output is discovered as its source is, and a hook under two names runs once", async () => {
  const { catalog, problems } = await find(fixtureProject("compiled", { jobs: ["out/*/jobs"] }));
  expect(problems).toEqual([]);
  expect(jobsOf(catalog)).toEqual([
    "reports.archive on reports in out/reports/jobs/tasks/archive.cjs",
    "reports.render-page on reports in out/reports/jobs/tasks/render-page.js",
  ]);
  expect(catalog.startup).toHaveLength(1);
});

import { expect, test } from "vitest";
import { discover } from "../../src/discovery/discover.ts";
import { createProject } from "./project.ts";

/** What is found of schedules that are written as object literals; `send` is a job. */
async function schedules(...texts: string[]) {
  const { config, loader } = createProject({
    "src/app/domain/mail/jobs/tasks.ts": "export async function send() {}",
    "src/app/domain/mail/jobs/scheduled.ts": `import { send } from "./tasks.ts";
const defineSchedule = (schedule) => ({ ...schedule, [Symbol.for("taskq.schedule")]: true });
async function rotateLogs() {}
export default [${texts.map((text) => `defineSchedule(${text})`).join(", ")}];`,
  });
  const { catalog, problems } = await discover(config, loader);
  return {
    catalog,
    messages: problems.map(({ message }) => message),
    hints: problems.map(({ hint }) => hint),
    problems,
  };
}

test("several expressions are one schedule, each H drawn by its name", async () => {
  const { catalog, messages } = await schedules(
    '{ job: send, name: "a", cron: ["0 8 * * MON-FRI", " @daily "] }',
    '{ job: send, name: "b", cron: ["H 8 * * *", "H 20 * * *"] }',
  );

  expect(messages).toEqual([]);
  expect(catalog.findSchedule("a")?.cron).toBe("0 8 * * MON-FRI | @daily");
  expect(catalog.findSchedule("b")?.cron).toMatch(/^(\d+) 8 \* \* \* \| \1 20 \* \* \*$/);
});

test("start and end are read on the schedule's own clock, and the end of a day is its last moment", async () => {
  const at = (terms: string) => `{ job: send, cron: "0 8 * * *", timezone: "Europe/Berlin", ${terms} }`;
  const { catalog, messages } = await schedules(
    at('name: "local", startAt: "2026-12-01T08:00", endAt: "2026-12-31"'),
    at('name: "utc", startAt: "2026-12-01T08:00:30Z", endAt: "2027-01-01T00:00+02:00"'),
    at('name: "date", startAt: new Date(5000)'),
    at('name: "open"'),
  );
  const bounds = ["local", "utc", "date", "open"].map((name) => {
    const { startMs, endMs } = catalog.findSchedule(name)!;
    return [startMs, endMs].map((ms) => (ms === undefined ? undefined : new Date(ms).toISOString()));
  });

  expect(messages).toEqual([]);
  expect(bounds).toEqual([
    ["2026-12-01T07:00:00.000Z", "2026-12-31T22:59:59.999Z"],
    ["2026-12-01T08:00:30.000Z", "2026-12-31T22:00:00.000Z"],
    ["1970-01-01T00:00:05.000Z", undefined],
    [undefined, undefined],
  ]);
});

test("jitter is drawn by the name: always the same for one schedule, and spread over many", async () => {
  const texts = Array.from({ length: 40 }, (_, at) => `{ job: send, name: "s${at}", cron: "@daily", jitter: "30s" }`);
  const [first, again] = [await schedules(...texts), await schedules(...texts)];
  const drawn = first.catalog.schedules.map(({ jitterMs }) => jitterMs!);

  expect(again.catalog.schedules.map(({ jitterMs }) => jitterMs)).toEqual(drawn);
  expect(Math.min(...drawn)).toBeLessThan(6_000);
  expect(Math.max(...drawn)).toBeGreaterThan(24_000);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(30_000);
});

test("a handler is a job of the domain, named after its function or, where that says nothing, after the schedule", async () => {
  const { catalog, messages } = await schedules(
    '{ handler: rotateLogs, every: "1h", args: { keep: 3 }, timeout: "2m", heartbeat: "30s", unique: true }',
    '{ handler: rotateLogs, name: "mail.nightlyLogs", cron: "@daily" }',
    '{ handler: async () => {}, name: "mail.unnamed", cron: "@daily" }',
    "{ handler: send, cron: '@daily' }",
  );

  expect(messages).toEqual([]);
  expect(catalog.jobs.map(({ name, queue, file }) => `${name} ${queue} ${file}`)).toEqual([
    "mail.send mail src/app/domain/mail/jobs/tasks.ts",
    "mail.rotateLogs mail src/app/domain/mail/jobs/scheduled.ts",
    "mail.unnamed mail src/app/domain/mail/jobs/scheduled.ts",
  ]);
  expect(catalog.schedules.map(({ name, job }) => `${name}: ${job.name}`)).toEqual([
    "mail.rotateLogs: mail.rotateLogs",
    "mail.nightlyLogs: mail.rotateLogs",
    "mail.unnamed: mail.unnamed",
    "mail.send: mail.send",
  ]);
});

const refused: [terms: string, problem: string][] = [
  [
    'cron: "0 8 * *"',
    'the cron "0 8 * *" has 4 fields: it needs five (minute hour day month weekday) or six (second first)',
  ],
  ['cron: ["@daily", "0 25 * * *"]', 'the cron "0 25 * * *" has a wrong hour: "25"'],
  ["cron: []", "the cron must hold an expression, not an empty array"],
  ["cron: [5]", "the cron must be text, not 5 (number)"],
  ['cron: "0 0 31 4 *"', 'the cron "0 0 31 4 *" never comes: its months have no such day'],
  ['cron: "@daily", timezone: "Mars/Base"', 'the timezone "Mars/Base" is unknown: write it as Europe/Berlin or UTC'],
  ['every: "0s"', 'every must be a duration of at least "1s", not "0s" (string)'],
  ['every: "1h", jitter: "5m"', "it has `jitter` and no `cron`: an `every` keeps no clock"],
  ['cron: "@daily", jitter: "soon"', 'jitter must be a duration such as "30s", not "soon" (string)'],
  ['cron: "@daily", every: "1h"', "it has both `cron` and `every`"],
  [
    'cron: "@daily", startAt: "2026-02-30"',
    'startAt must be a Date or a text such as "2026-12-01" or "2026-12-01T08:00", not "2026-02-30" (string)',
  ],
  [
    'cron: "@daily", endAt: new Date("x")',
    'endAt must be a Date or a text such as "2026-12-01" or "2026-12-01T08:00", not an invalid Date',
  ],
  [
    'cron: "@daily", startAt: "2026-12-02", endAt: "2026-12-01T12:00"',
    "endAt (2026-12-01T12:00:00.000Z) is before startAt (2026-12-02T00:00:00.000Z)",
  ],
  [
    'cron: "0 8 24 12 *", startAt: "2026-01-01", endAt: "2026-12-23"',
    "it never runs: its cron has no tick between startAt (2026-01-01T00:00:00.000Z) and endAt (2026-12-23T23:59:59.999Z)",
  ],
  ['cron: "@daily", endsAt: "2026-12-01"', 'unknown key "endsAt": did you mean "endAt"?'],
  ['cron: "@daily", handler: send', "it has both `job` and `handler`"],
];

test("what cannot be is refused with its file, its name and the reason", async () => {
  const { problems } = await schedules(...refused.map(([terms], at) => `{ job: send, name: "s${at}", ${terms} }`));

  expect(problems).toEqual(
    refused.map(([, problem], at) => ({
      code: "SCHEDULE_INVALID",
      message: `the schedule s${at}: ${problem}`,
      file: "src/app/domain/mail/jobs/scheduled.ts",
    })),
  );
});

test("a schedule of nothing, and a handler without a name, are told what to do", async () => {
  const { messages, hints } = await schedules(
    '{ cron: "@daily" }',
    '{ handler: async () => {}, cron: "@daily" }',
    '{ handler: "rotate", cron: "@daily", name: "text" }',
  );

  expect(messages).toEqual([
    "the schedule without a name: it has neither `job` nor `handler`",
    "the schedule handler: its handler has no name",
    'the schedule text: its handler must be a function, not "rotate" (string)',
  ]);
  expect(hints[1]).toContain("async function rotateLogs() {}");
});

test("an object with a handler that nobody handed to defineSchedule is missed", async () => {
  const { config, loader } = createProject({
    "src/app/domain/mail/jobs/scheduled.ts": 'export const nightly = { handler: async () => {}, cron: "@daily" };',
  });
  const { problems } = await discover(config, loader);

  expect(problems.map(({ message }) => message)).toEqual(["nightly must be a schedule, not an object"]);
});

import { Redis } from "ioredis";
import { afterAll, describe, expect, test } from "vitest";
import { createProject, type ProjectOptions } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();
const look = new Redis(redis.adminUrl);
afterAll(() => look.disconnect());

const tasks = `
import { defineJob } from "taskq";
import { z } from "zod";

export const greet = defineJob({
  args: z.object({ user: z.object({ name: z.string() }), times: z.number() }),
  async handler() {},
});
export async function mark() {}
`;
const schedule = (settings: string) => `
import { defineSchedule } from "taskq";
import { mark } from "./tasks.js";
export default defineSchedule({ job: mark, ${settings} });
`;
const good = { "shop/jobs/tasks.js": tasks };

interface Case {
  readonly title: string;
  readonly project?: ProjectOptions;
  readonly args: readonly string[];
  readonly code: number;
  /** With `<root>` for the project's folder. */
  readonly stderr: readonly string[];
}

const ofConfig: Case[] = [
  {
    title: "there is no config",
    project: { config: null },
    args: ["enqueue", "shop.mark"],
    code: 2,
    stderr: [
      "error: no config in <root>: looked for taskq.config.ts, taskq.config.mts, taskq.config.cts, taskq.config.js, taskq.config.mjs, taskq.config.cjs",
      "hint: Run `taskq init` to write a first one, or name a config with --config.",
    ],
  },
  {
    title: "the named config does not exist",
    args: ["enqueue", "shop.mark", "--config", "other.config.js"],
    code: 2,
    stderr: ["error: no config at other.config.js", "hint: Name a file that exists with --config."],
  },
  {
    title: "the config throws",
    project: { config: `throw new Error("no environment");` },
    args: ["enqueue", "shop.mark"],
    code: 2,
    stderr: ["error: taskq.config.js threw: no environment"],
  },
  {
    title: "the config has an unknown key",
    project: { config: `export default { concurency: 4 };` },
    args: ["enqueue", "shop.mark"],
    code: 2,
    stderr: ["error: taskq.config.js has 1 problem:", '  unknown key "concurency": did you mean "concurrency"?'],
  },
  {
    title: "two keys of the config are wrong",
    project: { config: `export default { concurrency: 0, timezone: "Europe/Berlni" };` },
    args: ["run-worker"],
    code: 2,
    stderr: [
      "error: taskq.config.js has 2 problems:",
      "  concurrency must be a whole number from 1, not 0 (number)",
      '  timezone must be a time zone such as "Europe/Berlin", not "Europe/Berlni" (string): did you mean "Europe/Berlin"?',
    ],
  },
];

const ofFiles: Case[] = [
  {
    title: "there is no job file",
    project: {},
    args: ["run-worker"],
    code: 2,
    stderr: [
      "error: no job file was found in src/app/domain/*/jobs under <root>",
      "hint: Put a tasks.ts into src/app/domain/<domain>/jobs/, or correct `jobs` in the config.",
    ],
  },
  {
    title: "a job file throws",
    project: { jobs: { "shop/jobs/tasks.js": `throw new Error("no such table");` } },
    args: ["enqueue", "shop.mark"],
    code: 2,
    stderr: [
      "error: src/app/domain/shop/jobs/tasks.js: threw when it was loaded: no such table (at src/app/domain/shop/jobs/tasks.js:1)",
    ],
  },
  {
    title: "a job file exports nothing",
    project: { jobs: { "shop/jobs/tasks.js": "export {};" } },
    args: ["enqueue", "shop.mark"],
    code: 2,
    stderr: [
      "error: src/app/domain/shop/jobs/tasks.js: exports nothing",
      "hint: Export a `defineJob` value or an async function, or start the file's name with `_`.",
    ],
  },
  {
    title: "a job file exports plain functions alone",
    project: { jobs: { "shop/jobs/tasks.js": "export function mark() {}" } },
    args: ["run-worker"],
    code: 2,
    stderr: [
      "error: src/app/domain/shop/jobs/tasks.js: exports no job, only 1 function that is not async",
      "hint: Export a `defineJob` value or an async function, or start the file's name with `_`.",
    ],
  },
  {
    title: "two files define one job",
    project: {
      jobs: {
        "shop/jobs/tasks/a.js": "export async function mark() {}",
        "shop/jobs/tasks/b.js": "export async function mark() {}",
      },
    },
    args: ["run-worker"],
    code: 2,
    stderr: [
      "error: src/app/domain/shop/jobs/tasks/a.js and src/app/domain/shop/jobs/tasks/b.js both define the job shop.mark",
      "hint: Give one of them a `name`.",
    ],
  },
  {
    title: "two files have one problem each",
    project: {
      jobs: {
        "mail/jobs/tasks.js": `throw new Error("no such table");`,
        "shop/jobs/tasks.js": "export {};",
      },
    },
    args: ["run-worker"],
    code: 2,
    stderr: [
      "error: 2 problems in the job files:",
      "  src/app/domain/mail/jobs/tasks.js: threw when it was loaded: no such table (at src/app/domain/mail/jobs/tasks.js:1)",
      "  src/app/domain/shop/jobs/tasks.js: exports nothing",
      "hint: Run `taskq check` to see them all with what to do.",
    ],
  },
];

const ofWords: Case[] = [
  {
    title: "no job has the name",
    args: ["enqueue", "shop.gret"],
    code: 4,
    stderr: ['error: no job is named "shop.gret"', "hint: Did you mean shop.greet?"],
  },
  {
    title: "no job has a name that is near",
    args: ["enqueue", "reports.rebuild"],
    code: 4,
    stderr: ['error: no job is named "reports.rebuild"', "hint: The jobs of this project are shop.greet, shop.mark."],
  },
  {
    title: "the args are no JSON",
    args: ["enqueue", "shop.mark", "--args", "{userId: 42}"],
    code: 2,
    stderr: [
      "error: --args is not JSON: {userId: 42} (Expected property name or '}' in JSON at position 1)",
      `hint: Quote it for the shell: --args '{"userId": "42"}'.`,
    ],
  },
  {
    title: "the args are an array",
    args: ["enqueue", "shop.mark", "--args", "[1]"],
    code: 2,
    stderr: ["error: the args must be a JSON object, not an array", 'hint: Write them as {"key": value}.'],
  },
  {
    title: "the args do not fit the schema",
    args: ["enqueue", "shop.greet", "--args", `{"user": {"name": 42}, "times": 1}`],
    code: 2,
    stderr: ["error: the args of shop.greet are invalid: user.name: Invalid input: expected string, received number"],
  },
  {
    title: "the args do not fit the schema in two places",
    args: ["enqueue", "shop.greet", "--args", `{"user": {"name": 42}}`],
    code: 2,
    stderr: [
      "error: the args of shop.greet have 2 problems:",
      "  user.name: Invalid input: expected string, received number",
      "  times: Invalid input: expected number, received undefined",
    ],
  },
  {
    title: "the args hold a dangerous key",
    args: ["enqueue", "shop.mark", "--args", `{"a": {"__proto__": {}}}`],
    code: 2,
    stderr: ['error: the args hold the key "__proto__" at a.__proto__, which is refused'],
  },
  {
    title: "the delay is no length of time",
    args: ["enqueue", "shop.mark", "--delay", "soon"],
    code: 2,
    stderr: ['error: the delay "soon" is no length of time', "hint: Write it as 30s, 5m, 1h30m or 7d."],
  },
  {
    title: "the time to run at is no date",
    args: ["enqueue", "shop.mark", "--at", "tomorrow"],
    code: 2,
    stderr: ['error: --at must be a time, not "tomorrow"', "hint: Write it as 2026-12-24T18:00:00Z."],
  },
  {
    title: "the time to run at is a number alone",
    args: ["enqueue", "shop.mark", "--at", "12"],
    code: 2,
    stderr: ['error: --at must be a time, not "12"', "hint: Write it as 2026-12-24T18:00:00Z."],
  },
  {
    title: "the time to run at is too far away",
    args: ["enqueue", "shop.mark", "--at", "9999-12-31T00:00Z"],
    code: 2,
    stderr: [
      "error: the time to run at 9999-12-31T00:00:00.000Z is more than 100 years away",
      "hint: Say a time that comes sooner.",
    ],
  },
  {
    title: "the delay is beyond all dates",
    args: ["enqueue", "shop.mark", "--delay", "999999999d"],
    code: 2,
    stderr: ['error: the delay "999999999d" is longer than 100 years', "hint: Say a time that comes sooner."],
  },
  {
    title: "there is both a delay and a time",
    args: ["enqueue", "shop.mark", "--delay", "1h", "--at", "2100-01-01"],
    code: 2,
    stderr: ["error: a job has either a delay or a time, not both", "hint: Leave one of them out."],
  },
  {
    title: "a key is given twice",
    args: ["enqueue", "shop.mark", "n=1", "n:=2"],
    code: 2,
    stderr: ['error: the key "n" is given twice: n=1 and n:=2', "hint: Give it once."],
  },
  {
    title: "a value is no JSON",
    args: ["enqueue", "shop.mark", "n:="],
    code: 2,
    stderr: ["error: the value of n:= is not JSON (Unexpected end of JSON input)", "hint: For a text write n=…."],
  },
  ...["--error", "--job", "--queue"].map((flag) => ({
    title: `the text of ${flag} is empty`,
    args: ["job", "remove", "--all", "--state", "failed", flag, "", "--yes"],
    code: 2,
    stderr: [`error: ${flag} must be a text, not ""`, "hint: Say which, or leave it out."],
  })),
  {
    title: "an age is no length of time",
    args: ["job", "list", "--older-than", "5x"],
    code: 2,
    stderr: [
      'error: --older-than must be a duration such as "1h", not "5x"',
      "hint: Write it as 30s, 5m, 1h30m or 7d.",
    ],
  },
  {
    title: "the priority is no number",
    args: ["enqueue", "shop.mark", "--priority", "high"],
    code: 2,
    stderr: ['error: --priority must be a whole number from 0, not "high"'],
  },
  {
    title: "the attempts are none",
    args: ["enqueue", "shop.mark", "--attempts", "0"],
    code: 2,
    stderr: ["error: attempts must be a whole number from 1 to 1000000, not 0"],
  },
  {
    title: "the id is refused",
    args: ["enqueue", "shop.mark", "--job-id", "a:b"],
    code: 2,
    stderr: ['error: the job id "a:b" is refused', "hint: Use letters, digits, `_`, `.` and `-`, at most 128."],
  },
  {
    title: "the job is missing",
    args: ["enqueue"],
    code: 2,
    stderr: ["error: missing required argument 'job'", "hint: See `taskq enqueue --help`."],
  },
  {
    title: "a command is unknown",
    args: ["enqeue", "shop.mark"],
    code: 2,
    stderr: ["error: unknown command 'enqeue'", "hint: Did you mean enqueue?"],
  },
  {
    title: "the verb of a noun is unknown",
    args: ["job", "shwo", "1"],
    code: 2,
    stderr: ["error: unknown command 'shwo'", "hint: Did you mean show?"],
  },
  {
    title: "a noun has no verb",
    args: ["job"],
    code: 2,
    stderr: [
      "error: job needs a command: list, show, wait, logs, retry, cancel, promote, remove",
      "hint: See `taskq job --help`.",
    ],
  },
  {
    title: "a flag is unknown",
    args: ["enqueue", "shop.mark", "--dealy", "5m"],
    code: 2,
    stderr: ["error: unknown option '--dealy'", "hint: Did you mean --delay?"],
  },
  {
    title: "there is a word too many",
    args: ["check", "shop"],
    code: 2,
    stderr: ['error: check takes no "shop"', "hint: See `taskq check --help`."],
  },
  {
    title: "there are two words too many for a verb",
    args: ["job", "show", "a", "b", "c\u001b"],
    code: 2,
    stderr: ['error: job show takes no "b c\\u001b"', "hint: See `taskq job show --help`."],
  },
  {
    title: "no queue fits",
    args: ["run-worker", "--queue", "mail*"],
    code: 4,
    stderr: ["error: no queue fits mail*", "hint: The queues of this project are shop."],
  },
  ...["--queue", "--exclude-queue", "--share-queue"].map((flag) => ({
    title: `one of the queues of ${flag} is mistyped`,
    args: ["run-worker", flag, "sh*", "shpo"],
    code: 4,
    stderr: ["error: no queue fits shpo", "hint: Did you mean shop?"],
  })),
  {
    title: "every queue is left out",
    args: ["run-worker", "--exclude-queue", "*"],
    code: 4,
    stderr: ["error: no queue fits not *", "hint: The queues of this project are shop."],
  },
  {
    title: "the concurrency is no number",
    args: ["run-worker", "--concurrency", "many"],
    code: 2,
    stderr: ["error: the config has 1 problem:", '  --concurrency must be a whole number from 1, not "many" (string)'],
  },
  {
    title: "the concurrency is for a queue that is not there",
    args: ["run-worker", "--concurrency", "5", "shpo=3"],
    code: 4,
    stderr: ['error: no queue is named "shpo"', "hint: Did you mean shop?"],
  },
  {
    title: "the shutdown timeout is no length of time",
    args: ["run-worker", "--shutdown-timeout", "later"],
    code: 2,
    stderr: [
      "error: the config has 1 problem:",
      '  --shutdown-timeout must be a duration such as "30s", not "later" (string)',
    ],
  },
  {
    title: "no job has the id",
    args: ["job", "show", "nothing"],
    code: 4,
    stderr: [
      'error: no job has the id "nothing" in any queue',
      "hint: It may have been removed: finished jobs are kept for a limited time.",
    ],
  },
  {
    title: "the queue of an id is none",
    args: ["job", "show", "nothing", "--queue", "mial"],
    code: 4,
    stderr: [
      'error: no job has the id "nothing" in mial',
      "hint: No queue has this name: the queues in the broker are none.",
    ],
  },
];

describe.each([
  ["the config", ofConfig],
  ["the job files", ofFiles],
  ["the command line", ofWords],
])("nothing is written when the fault is in %s:", (_where, cases) => {
  test.each(cases)("$title", async ({ project: options = { jobs: good }, args, code, stderr }) => {
    const project = createProject({ broker: redis.url, ...options });

    const ended = await project.taskq(...args);

    const said = ended.stderr.replaceAll(project.root, "<root>").replace(/ \(line \d+ column \d+\)/, ""); // of Node 22 and later
    expect({ ...ended, stderr: said.trimEnd().split("\n") }).toEqual({
      stdout: "",
      stderr,
      code,
    });
    expect(await look.keys(`${project.prefix}*`)).toEqual([]);
  });
});

test.each([
  [
    "a cron of four fields",
    `cron: "0 8 * *"`,
    'the schedule shop.mark: the cron "0 8 * *" has 4 fields: it needs five (minute hour day month weekday) or six (second first)',
  ],
  [
    "a day that never comes",
    `cron: "0 8 31 4 *"`,
    'the schedule shop.mark: the cron "0 8 31 4 *" never comes: its months have no such day',
  ],
  ["a wrong hour", `cron: "0 25 * * *"`, 'the schedule shop.mark: the cron "0 25 * * *" has a wrong hour: "25"'],
  [
    "a zone that nobody knows",
    `cron: "0 8 * * *", timezone: "Europe/Berlni"`,
    'the schedule shop.mark: the timezone "Europe/Berlni" is unknown: write it as Europe/Berlin or UTC',
  ],
  [
    "both overlap and unique",
    `cron: "0 8 * * *", overlap: "allow", unique: true`,
    "the schedule shop.mark: it has both `overlap` and `unique`",
  ],
  ["neither cron nor every", `name: "nightly"`, "the schedule nightly: it has neither `cron` nor `every`"],
])("check names the file and the schedule that has %s", async (_what, settings, message) => {
  const project = createProject({ jobs: { ...good, "shop/jobs/scheduled.js": schedule(settings) } });

  const { stdout, stderr, code } = await project.taskq("check", "--json");

  expect(JSON.parse(stdout).errors).toEqual([
    { code: "SCHEDULE_INVALID", message, file: "src/app/domain/shop/jobs/scheduled.js", hint: null },
  ]);
  expect({ stderr, code }).toEqual({ stderr: "", code: 2 });
});

test("check shows what a good project has, and needs no broker", async () => {
  const project = createProject({
    jobs: { ...good, "shop/jobs/scheduled.js": schedule(`cron: "0 8 * * *"`) },
    broker: "redis://127.0.0.1:1",
  });

  expect(await project.json("check")).toEqual({
    jobs: [
      { name: "shop.greet", queue: "shop", file: "src/app/domain/shop/jobs/tasks.js" },
      { name: "shop.mark", queue: "shop", file: "src/app/domain/shop/jobs/tasks.js" },
    ],
    schedules: [
      {
        name: "shop.mark",
        job: "shop.mark",
        cron: "0 8 * * *",
        everyMs: null,
        timezone: "UTC",
        file: "src/app/domain/shop/jobs/scheduled.js",
      },
    ],
    queues: ["shop"],
    hooks: [],
    errors: [],
    warnings: [],
    ignored: 0,
  });
});

test("check --json is a document also where the config is wrong", async () => {
  const project = createProject({ config: "export default { concurency: 3 };", jobs: {} });

  const { stdout, stderr, code } = await project.taskq("check", "--json");

  expect([code, stderr]).toEqual([2, ""]);
  expect(JSON.parse(stdout)).toMatchObject({
    jobs: [],
    errors: [{ code: "CONFIG_INVALID", message: expect.stringContaining('did you mean "concurrency"?'), file: null }],
  });
});

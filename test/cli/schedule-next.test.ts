import { expect, test } from "vitest";
import { createFolder, createProject, taskq } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();
const project = createProject({
  broker: redis.url,
  config: 'export default { app: "shop" };',
  jobs: {
    "mail/jobs/scheduled.js": `
      import { defineSchedule } from "taskq";
      async function prune() {}
      export default [
        defineSchedule({ handler: prune, cron: ["30 2 * * *", "0 8 * * *"], timezone: "Europe/Berlin", timeout: "2m" }),
        defineSchedule({ handler: prune, name: "mail.often", every: "1h" }),
      ];
    `,
  },
});

test("the runs of the files need no broker, those of the broker no files", async () => {
  const away = { cwd: project.root, broker: "redis://127.0.0.1:1", prefix: project.prefix };
  const { stdout, code } = await taskq(
    ["schedule", "next", "mail.prune", "--from", "2022-03-27", "--count", "2"],
    away,
  );
  expect(code).toBe(0);
  expect(stdout).toBe(`mail.prune  Every day at 02:30 and 08:00, Europe/Berlin
  UTC               LOCAL                 IN
  2022-03-27 01:00  Sun 2022-03-27 03:00   -  02:30 does not exist
  2022-03-27 06:00  Sun 2022-03-27 08:00   -
`);

  const worker = project.worker();
  await worker.event("schedulesSynced");
  worker.signal("SIGTERM");
  await worker.exited;
  const elsewhere = { cwd: createFolder(), broker: redis.url, prefix: project.prefix };
  const stored = await taskq(["schedule", "next", "--from", "2026-10-25", "--count", "2", "--json"], elsewhere);
  const [often, prune] = JSON.parse(stored.stdout).sort((a: { name: string }, b: { name: string }) =>
    a.name < b.name ? -1 : 1,
  );

  expect(prune).toEqual({
    name: "mail.prune",
    cron: "30 2 * * * | 0 8 * * *",
    everyMs: null,
    timezone: "Europe/Berlin",
    runs: [
      { at: "2026-10-25T00:30:00.000Z", local: "2026-10-25T02:30:00+02:00", turn: "first", named: null },
      { at: "2026-10-25T07:00:00.000Z", local: "2026-10-25T08:00:00+01:00", turn: null, named: null },
    ],
    reason: null,
  });
  expect(often.runs).toHaveLength(2);
  expect(Date.parse(often.runs[1].at) - Date.parse(often.runs[0].at)).toBe(3_600_000);
});

test.each([
  [["mail.prun"], 4, "Did you mean mail.prune?"],
  [["--cron", "0 8 * *"], 2, "has 4 fields"],
  [["--cron", "H 8 * * *"], 2, "drawn from a schedule's name"],
  [["mail.prune", "--cron", "0 8 * * *"], 2, "a schedule and --cron are given"],
  [["--count", "0"], 2, "whole number from 1 to 1000"],
  [["--from", "soon"], 2, 'not "soon"'],
  [["--timezone", "Mars/Base"], 2, "Mars/Base"],
])("schedule next %j ends with %i", async (words, code, says) => {
  const ended = await project.taskq("schedule", "next", ...words);

  expect(ended).toMatchObject({ code, stdout: "" });
  expect(ended.stderr).toContain(says);
});

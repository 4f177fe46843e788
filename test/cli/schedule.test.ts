import { expect, test } from "vitest";
import { createFolder, createProject, taskq } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();
const scheduled = (cron: string) => `
  import { defineSchedule } from "taskq";
  import { settle, poll } from "./tasks.js";
  export default [
    defineSchedule({ job: settle, cron: "${cron}", timezone: "Europe/Berlin", args: { bank: "one", token: "secret" } }),
    defineSchedule({ job: poll, every: "1h", catchUp: "skip" }),
  ];
`;
const tasks = `
  import { defineJob } from "taskq";
  import { z } from "zod";
  export const settle = defineJob({
    args: z.object({ bank: z.string(), token: z.string().optional() }),
    handler({ bank }) { if (bank === "none") throw new Error("no bank"); return { bank, token: "t" }; },
  });
  export async function poll() {}
`;
const config = `export default { app: "shop", redact: ["token"] };`;
const files = (cron: string) => ({ "bills/jobs/tasks.js": tasks, "bills/jobs/scheduled.js": scheduled(cron) });
const project = createProject({ broker: redis.url, config, jobs: files("0 8 * * 1-5") });
const later = createProject({
  config,
  jobs: { ...files("0 9 * * 1-5"), "bills/jobs/scheduled.js": scheduled("0 9 * * 1-5").replace(/.*job: poll.*/, "") },
});
const elsewhere = { cwd: createFolder(), broker: redis.url, prefix: project.prefix };
const shell = (...args: string[]) => taskq(["schedule", ...args], elsewhere);
// biome-ignore lint/suspicious/noExplicitAny: a document that the test itself looks at
const json = async (...args: string[]): Promise<any> => JSON.parse((await shell(...args, "--json")).stdout);

test("what a deploy would change is shown before it is, and written when it is", async () => {
  const dry = await project.taskq("schedule", "sync", "--dry-run");
  expect(dry.stdout).toBe(
    [
      "create  bills.poll  Every 1 h",
      "create  bills.settle  Monday through Friday at 08:00, Europe/Berlin",
      "",
      "2 schedules: 2 to create, 0 to update, 0 to remove, 0 unchanged",
      "nothing was changed",
      "",
    ].join("\n"),
  );
  expect(await json("list")).toEqual([]); // nothing was written
  expect((await project.taskq("schedule", "sync")).stdout).toContain("2 created, 0 updated");
  expect(await project.json("schedule", "sync")).toEqual({ dryRun: false, changes: [], unchanged: 2 });
});

test("a shell with the broker's URL pauses, runs and resumes schedules, and all of it is in the history", async () => {
  const { stdout, code } = await shell("pause", "bills.s*", "--reason", "month\nend");
  expect(stdout).toBe("paused bills.settle  queue=bills\n");
  expect(code).toBe(0);
  expect((await shell("pause", "*")).stdout).toMatch(
    /^paused bills\.poll {2}queue=bills\nunchanged bills\.settle {2}queue=bills: paused by \S+@\S+ at \S+Z: month\\nend\n$/,
  );
  const [settle] = (await json("list", "bills.settle")) as { next: unknown; reason: string; paused: { by: string } }[];
  expect(settle).toMatchObject({ next: null, paused: { by: expect.stringMatching(/@/), reason: "month\nend" } });
  expect(settle!.reason).toBe(`paused by ${settle!.paused.by}: month\nend`);

  const worker = project.worker();
  await worker.event("started");
  expect(await json("run", "bills.settle", "--wait", "30s")).toMatchObject({
    name: "bills.settle",
    job: "bills.settle",
    created: true,
    result: { bank: "one" },
    error: null,
  });
  const failed = await shell("run", "bills.settle", "bank=none", "--wait", "--reason", "try it");
  expect(failed.code).toBe(1);
  expect(failed.stdout).toContain("no bank");
  const refused = await project.taskq("schedule", "run", "bills.settle", "--args", '{"bank":7}');
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toContain("bank: ");

  expect(await json("resume", "bills.*", "--catch-up", "skip")).toMatchObject([
    { name: "bills.poll", changed: true, caughtUp: [] },
    { name: "bills.settle", changed: true },
  ]);
  worker.signal("SIGTERM");
  await worker.exited;
  const history = (await json("history", "bills.settle")) as { kind: string; reason: string | null }[];
  expect(history.map(({ kind }) => kind)).toEqual(["resumed", "failed", "manual", "completed", "manual", "paused"]);
  expect(history[2]!.reason).toMatch(/@.+: try it$/);
  expect((await shell("history", "bills.settle")).stdout).toMatch(/^UTC +WHAT +TICK +TOOK +WHY\n(?:20.+\n){6}$/);
});

test("--check tells a monitor that a last run failed, and of which schedule", async () => {
  const { stdout, code } = await shell("list", "--check");
  expect(code).toBe(1);
  expect(stdout).toMatch(/\nbills\.settle +Mon-Fri 08:00, Berlin +.+ failed +ok\n/);
  expect(stdout).toMatch(/\n2 schedules\n1 failed: see `taskq job show \w+`\n/);
  expect((await shell("list", "bills.poll", "--check")).code).toBe(0);
  const [row] = await project.json("schedule", "list", "bills.settle");
  expect(row).toMatchObject({ overdue: false, runs: 2, failed: 1, last: { outcome: "failed", error: "no bank" } });
});

test("a sync shows each field that differs, and removes what is no longer declared only with --prune", async () => {
  const deploy = (...args: string[]) => taskq(["schedule", "sync", ...args], { ...elsewhere, cwd: later.root });
  const { stdout } = await deploy();
  expect(stdout).toBe(
    [
      "orphan  bills.poll  no longer declared: `--prune` removes it",
      "update  bills.settle  Monday through Friday at 09:00, Europe/Berlin",
      '  cron: "0 8 * * 1-5" -> "0 9 * * 1-5"',
      "",
      "2 schedules: 0 created, 1 updated, 0 removed, 0 unchanged",
      "",
    ].join("\n"),
  );
  expect(JSON.parse((await deploy("--prune", "--json")).stdout)).toMatchObject({
    changes: [{ name: "bills.poll", change: "remove" }],
    unchanged: 1,
  });
  expect(await json("list")).toMatchObject([{ name: "bills.settle", cron: "0 9 * * 1-5", failed: 1 }]);
});

test.each([
  [["run", "bills.setle"], 4, "Did you mean bills.settle?"],
  [["pause", "bills.setle"], 4, "Did you mean bills.settle?"],
  [["history", "nothing"], 4, "Known schedules: bills.settle"],
  [["resume", "bills.settle", "--catch-up", "twice"], 2, 'once, skip or all, not "twice"'],
  [["sync"], 2, "config"],
])("schedule %j ends with %i", async (words, code, says) => {
  const ended = await shell(...words);

  expect(ended).toMatchObject({ code, stdout: "" });
  expect(ended.stderr).toContain(says);
});

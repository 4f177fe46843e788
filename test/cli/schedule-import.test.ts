import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createProject, taskq } from "../helpers/cli.ts";

const crontab = `SHELL=/bin/bash
GREETING=hello
# says it
0 3 * * * cat; echo "$GREETING \\%" >&2%to you
0 4 * * * exit 3
0 5 * * * echo $$ > shell.pid; sleep 60 & echo $! > child.pid; wait
@reboot start
`;

test("a crontab becomes a file that loads, passes the check and runs the commands; the signal ends them", async () => {
  const project = createProject({ config: 'export default { app: "shop", defaults: { timeout: "1s" } };' });
  writeFileSync(join(project.root, "old.cron"), crontab);
  const imported = await project.taskq("schedule", "import", "old.cron", "--domain", "ops");

  expect(imported).toMatchObject({ code: 0, stdout: "src/app/domain/ops/jobs/scheduled.ts is written: 3 schedules\n" });
  expect(imported.stderr).toContain("line 7: @reboot start\n");
  expect((await project.json("check")).errors).toEqual([]);

  const [said, failed, timedOut] = await Promise.all([
    project.taskq("run", "ops.cat"),
    project.taskq("run", "ops.exit"),
    project.taskq("run", "ops.echo"),
  ]);
  expect(said.code).toBe(0);
  expect(said.stderr).toMatch(/to you[\s\S]*hello %|hello %[\s\S]*to you/);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('"exit 3" ended with 3');
  expect(timedOut.code).toBe(1);
  for (const name of ["shell.pid", "child.pid"]) {
    const pid = Number(readFileSync(join(project.root, name), "utf8"));
    await until(() => !isAlive(pid));
  }

  const again = await project.taskq("schedule", "import", "old.cron", "--domain", "ops");
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining("--force") });
});

test("it prints by default, reads standard input, and as JSON tells all", async () => {
  const { root } = createProject();
  const { stdout } = await taskq(["schedule", "import", "-", "--json"], {
    cwd: root,
    input: "@daily backup\n@reboot x\n",
  });
  const document = JSON.parse(stdout);

  expect(document).toMatchObject({
    file: null,
    schedules: [{ line: 1, name: "backup", cron: "@daily", command: "backup" }],
    notCarried: [{ line: 2, text: "@reboot x" }],
  });
  const plain = await taskq(["schedule", "import", "-"], { cwd: root, input: "@daily backup\n" });
  expect(plain.stdout).toContain("async function backup(_args, context)");
  expect(plain.stderr).toBe("");
});

test.each([
  [["-", "--domain", "a", "--write", "b.ts"], "both say where"],
  [["-", "--domain", "../up"], "no name of a folder"],
  [["nowhere.cron"], 'cannot read the file "nowhere.cron": there is none'],
  [["-", "--timezone", "Mars/Base"], "Mars/Base"],
])("schedule import %j is refused", async (words, says) => {
  const { root } = createProject();
  const ended = await taskq(["schedule", "import", ...words], { cwd: root, input: "@daily backup\n" });

  expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(says) });
  expect(existsSync(join(root, "b.ts"))).toBe(false);
});

/** The kernel takes a moment to end what was told to. */
async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds).toBe(true);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

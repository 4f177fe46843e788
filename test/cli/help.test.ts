import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createFolder, taskq } from "../helpers/cli.ts";

const cwd = createFolder();
const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const commands = [
  "run-worker",
  "run",
  "enqueue",
  "stats",
  "job show",
  "worker list",
  "schedule list",
  "dashboard",
  "check",
  "generate",
  "init",
  "completion",
];

test("--version prints the version and nothing else", async () => {
  expect(await taskq(["--version"], { cwd })).toEqual({ stdout: `${version}\n`, stderr: "", code: 0 });
});

test("--help names every command and the options that all of them take, in 80 columns", async () => {
  const { stdout, stderr, code } = await taskq(["--help"], { cwd });

  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command.split(" ")[0]}\\b`, "m"));
  for (const flag of ["--config", "--broker", "--json", "--no-color", "--verbose", "--quiet"])
    expect(stdout).toContain(flag);
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("no words at all are a call for help", async () => {
  const help = await taskq(["--help"], { cwd });
  expect(await taskq([], { cwd })).toEqual(help);
});

test.each(commands)("--help of %s shows examples, in 80 columns", async (command) => {
  const { stdout, stderr, code } = await taskq([...command.split(" "), "--help"], { cwd });

  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  expect(stdout).toContain(`Usage: taskq ${command}`);
  expect(stdout).toMatch(new RegExp(`^Examples:\\n  \\$ taskq ${command}`, "m"));
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("--help of a noun shows its verbs", async () => {
  const { stdout, code } = await taskq(["job", "--help"], { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}show\b/m);
});

test.each([
  [["job", "list", "--nope"], "taskq job list --help"],
  [["job", "--nope"], "taskq job --help"],
  [["job", "xyzzy"], "taskq job --help"],
  [["stats", "--nope"], "taskq stats --help"],
  [["--nope"], "taskq --help"],
])("%j names the help that tells more", async (words, help) => {
  const { stderr, code } = await taskq(words, { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(`hint: See \`${help}\`.`);
});

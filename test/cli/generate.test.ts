import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";

const config = `export default { app: "My Shop", shutdownTimeout: "70s" };`;

test.each([
  ["systemd", /^TimeoutStopSec=75$/m],
  ["procfile", /^worker: exec node .* run-worker\n$/],
  ["dockerfile", /^CMD \["node", .*"run-worker"\]$/m],
  ["kubernetes", /^ {6}terminationGracePeriodSeconds: 75$/m],
])("generate %s prints the file, with what the config says", async (target, line) => {
  const { stdout, code } = await createProject({ config }).taskq("generate", target);

  expect(code).toBe(0);
  expect(stdout).toMatch(line);
  expect(stdout.endsWith("\n\n")).toBe(false);
});

test("what is to know beside a Procfile goes to standard error", async () => {
  const { stdout, stderr } = await createProject().taskq("generate", "procfile");

  expect(stdout.split("\n")).toHaveLength(2);
  expect(stderr).toContain("begins with `exec`");
});

test("--output writes the file, and only --force overwrites it", async () => {
  const project = createProject({ config });
  const file = join(project.root, "my shop.service");
  const first = await project.taskq("generate", "systemd", "--output", "my shop.service");
  expect(first).toMatchObject({ stdout: "my shop.service is written\n", code: 0 });
  expect(readFileSync(file, "utf8")).toMatch(/^User=my-shop$/m);

  writeFileSync(file, "mine");
  const second = await project.taskq("generate", "systemd", "--output", "my shop.service");
  expect(second).toMatchObject({ stdout: "", code: 2 });
  expect(second.stderr).toContain("my shop.service exists already");
  expect(second.stderr).toContain("--force");
  expect(readFileSync(file, "utf8")).toBe("mine");

  const third = await project.taskq("generate", "systemd", "--output", "my shop.service", "--force");
  expect(third.code).toBe(0);
  expect(readFileSync(file, "utf8")).toMatch(/^User=my-shop$/m);
});

test("--json has the text, and the file where one was written", async () => {
  const project = createProject();

  expect(await project.json("generate", "procfile")).toEqual({
    target: "procfile",
    file: null,
    text: "worker: exec node node_modules/taskq/dist/bin/taskq.js run-worker\n",
  });
  expect(await project.json("generate", "procfile", "--output", "Procfile")).toMatchObject({ file: "Procfile" });
});

test.each([
  [["sytemd"], 'generate makes no "sytemd"', "Did you mean systemd?"],
  [["helm"], 'generate makes no "helm"', "Name one of systemd, procfile, dockerfile, kubernetes."],
  [["procfile", "--user", "ann"], "--user changes nothing in a procfile file", "there is --processes"],
  [["systemd", "--directory", "here"], '--directory must be an absolute path, not "here"', ""],
  [["systemd", "--output", "no/folder/unit"], "no/folder/unit cannot be written", "a folder that exists"],
])("generate %j is refused with one sentence", async (words, message, hint) => {
  const { stdout, stderr, code } = await createProject().taskq("generate", ...words);

  expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
});

import { expect, test } from "vitest";
import { planInit } from "../../../src/scaffold/init/plan.ts";
import type { Setup } from "../../../src/scaffold/init/read-setup.ts";

const setup: Setup = { ending: "ts", isInstalled: true, gitignore: undefined, present: [] };
const plan = (change: Partial<Setup>) => planInit({ ...setup, ...change }, "jobs");
const written = (change: Partial<Setup>) =>
  plan(change).flatMap(({ path, text }) => (text === undefined ? [] : [path]));
const left = (change: Partial<Setup>) => plan(change).flatMap(({ path, text }) => (text === undefined ? [path] : []));

test("a config, a job and a schedule, in the ending of the project", () => {
  expect(written({})).toEqual(["taskq.config.ts", "jobs/tasks.ts", "jobs/scheduled.ts"]);
  expect(written({ ending: "mjs" })).toEqual(["taskq.config.mjs", "jobs/tasks.mjs", "jobs/scheduled.mjs"]);
  expect(plan({ ending: "mjs" }).at(-1)!.text).toContain('from "./tasks.mjs"');
  expect(plan({}).at(-1)!.text).toContain('from "./tasks.js"');
});

test("what is there in another ending, or as a folder, is there", () => {
  const present = ["taskq.config.cjs", "jobs/tasks", "jobs/scheduled.mts"];
  expect({ written: written({ present }), left: left({ present }) }).toEqual({ written: [], left: present });
});

test("no schedule is written to jobs of somebody else", () => {
  const present = ["jobs/tasks.js"];
  expect({ written: written({ present }), left: left({ present }) }).toEqual({
    written: ["taskq.config.ts"],
    left: ["jobs/tasks.js"],
  });
});

test.each([
  ["", ".taskq/\n"],
  ["dist\n", ".taskq/\n"],
  ["dist", "\n.taskq/\n"],
  ["dist\r\n", ".taskq/\r\n"],
  ["# .taskq/\n", ".taskq/\n"],
  [".taskq/\n", undefined],
  ["dist\n/.taskq", undefined],
  ["**/.taskq/\r\ndist\r\n", undefined],
])("to a .gitignore of %j is added %j", (gitignore, text) => {
  expect(plan({ gitignore }).at(-1)).toMatchObject({ path: ".gitignore", text });
});

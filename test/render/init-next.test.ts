import { expect, test } from "vitest";
import { renderInitNext } from "../../src/render/init-next.ts";

const config = { path: "taskq.config.ts", text: "…" };
const tasks = { path: "jobs/tasks.ts", text: "…" };
const next = "Next:\n  npx taskq run example.greet name=Ada\n  npx taskq dev";

test("two commands are next, and before them what is missing", () => {
  expect(renderInitNext([config, tasks], true)).toBe(`\n${next}`);
  expect(renderInitNext([config, tasks], false)).toContain("Next:\n  npm install taskq\n  npx taskq run ");
});

test("a config of somebody else may look for jobs elsewhere", () => {
  const mine = { ...config, text: undefined };
  expect(renderInitNext([mine, tasks], true)).toBe(
    `\n\`npx taskq check\` tells whether taskq.config.ts finds jobs/tasks.ts.\n${next}`,
  );
});

test("where jobs are there already, none of ours is told of", () => {
  const theirs = { ...tasks, text: undefined };
  expect(renderInitNext([config, theirs], true)).toBe("\nNext:\n  npx taskq check\n  npx taskq dev");
});

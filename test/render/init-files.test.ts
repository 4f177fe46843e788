import { expect, test } from "vitest";
import { createStyle } from "../../src/render/color.ts";
import { renderInitFiles } from "../../src/render/init-files.ts";

const style = createStyle(false);
const left = { path: "taskq.config.ts", text: undefined };
const files = [
  left,
  { path: "tasks.ts", text: "one\n\ntwo\n" },
  { path: ".gitignore", text: "\n.taskq/\n", isAppended: true },
];

test("a line says what became of each file", () => {
  expect(renderInitFiles(files, false, style)).toBe(
    "taskq.config.ts is there already, and is left alone\ntasks.ts is written\n.gitignore now has .taskq/",
  );
});

test("a dry run shows what would be in them", () => {
  expect(renderInitFiles(files, true, style)).toBe(
    `taskq.config.ts is there already, and would be left alone
tasks.ts would be:
  one

  two

.gitignore would get:
  .taskq/
`,
  );
});

test("where all is there, that is said", () => {
  expect(renderInitFiles([left], false, style)).toMatch(/\nAll is there: nothing is to be written\.$/);
});

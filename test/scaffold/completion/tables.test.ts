import { expect, test } from "vitest";
import { createOutline } from "../../../src/scaffold/completion/outline.ts";
import { findShell } from "../../../src/scaffold/completion/shells.ts";
import { createTables } from "../../../src/scaffold/completion/tables.ts";

const queue = [{ flags: "--queue <queue>", description: "it's this one" }];
const tables = createTables(
  createOutline(
    [
      { usage: "run <job>", summary: "Run a job", options: queue },
      { usage: "job list", summary: "List jobs", options: queue },
      { usage: "job show <id>", summary: "Show one" },
    ],
    [{ flags: "--json", description: "as data" }],
  ),
);

test("what is equal for several commands is one arm, and a noun says its verbs", () => {
  expect(tables).toEqual({
    names: ["run", "job", "job list", "job show"],
    globalFlags: [],
    flags: [{ keys: ["run --queue", "job list --queue"], value: { takes: "one", values: ["@queues"] } }],
    globalOptions: ["--json\tas data"],
    options: [{ keys: ["run", "job list"], value: ["--queue\tit's this one"] }],
    words: [
      { keys: [""], value: ["run\tRun a job", "job\tlist, show"] },
      { keys: ["job"], value: ["list\tList jobs", "show\tShow one"] },
    ],
    places: [{ keys: ["run"], value: { takes: "one", values: ["@jobs"] } }],
  });
});

test.each([
  ["bash", `'--queue\tit'\\''s this one'`],
  ["zsh", `'--queue\tit'\\''s this one'`],
  ["fish", `'--queue\tit\\'s this one'`],
])("a description with a quote is one word of %s", (shell, word) => {
  expect(findShell(shell)(tables, true)).toContain(word);
});

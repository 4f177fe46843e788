import { expect, test } from "vitest";
import { createOutline } from "../../../src/scaffold/completion/outline.ts";

test("usage and flags say what is completed, and how much of it", () => {
  const { commands, options } = createOutline(
    [
      {
        usage: "job move <id> [queue...]",
        summary: "Move a job",
        options: [
          { flags: "-f, --follow", description: "go on" },
          { flags: "--to <queue>", description: "where" },
          { flags: "--state <state...>", description: "which", choices: ["failed"] },
          { flags: "--wait [time]", description: "how long" },
          { flags: "--http <[host:]port>", description: "served there" },
        ],
      },
      { usage: "run <job> [key=value...]", summary: "Run a job" },
      { usage: "make <target>", summary: "Make it", choices: ["a", "b"] },
      { usage: "check", summary: "Check" },
    ],
    [{ flags: "--config <file>", description: "the config" }],
  );

  expect(commands.map(({ name, argument }) => ({ name, argument }))).toEqual([
    { name: "job move", argument: { takes: "one", values: [] } },
    { name: "run", argument: { takes: "one", values: ["@jobs"] } },
    { name: "make", argument: { takes: "one", values: ["a", "b"] } },
    { name: "check", argument: undefined },
  ]);
  expect(commands[0]!.options).toEqual([
    { flags: ["-f", "--follow"], description: "go on", argument: undefined },
    { flags: ["--to"], description: "where", argument: { takes: "one", values: ["@queues"] } },
    { flags: ["--state"], description: "which", argument: { takes: "many", values: ["failed"] } },
    { flags: ["--wait"], description: "how long", argument: { takes: "optional", values: [] } },
    { flags: ["--http"], description: "served there", argument: { takes: "one", values: [] } },
  ]);
  expect(options).toEqual([
    { flags: ["--config"], description: "the config", argument: { takes: "one", values: ["@files"] } },
  ]);
});

import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { generateProcfile } from "../../src/scaffold/procfile.ts";
import { facts } from "./facts.ts";

test("a Procfile is one line, which takes the shell's place", () => {
  expect(generateProcfile(facts)).toBe(
    "worker: exec node node_modules/taskq/dist/bin/taskq.js run-worker --config dist/taskq.config.js\n",
  );
  expect(generateProcfile({ ...facts, configFile: undefined, processes: "4" })).toBe(
    "worker: exec node node_modules/taskq/dist/bin/taskq.js run-worker --processes 4\n",
  );
});

test("a shell takes a name with spaces and quotes as one word", () => {
  const configFile = `it's "my" $HOME \`id\`.js`;
  const line = generateProcfile({ ...facts, configFile })
    .trimEnd()
    .replace("worker: exec node", "printf '%s\\n'");

  expect(spawnSync("sh", ["-c", line], { encoding: "utf8" }).stdout.split("\n").slice(0, -1)).toEqual([
    "node_modules/taskq/dist/bin/taskq.js",
    "run-worker",
    "--config",
    configFile,
  ]);
});

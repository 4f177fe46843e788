import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "../../../src/commands/program/program.ts";

const rules = new URL("../../../src/inspect/doctor/rules/", import.meta.url);

/** The commands that the doctor tells people to type, a word in the place of each name. */
const commands = readdirSync(rules).flatMap((file) => {
  const text = readFileSync(new URL(file, rules), "utf8").replace(/\$\{[^}]*\}/g, "word");
  const fixes = text.match(/\bfix:\s[\s\S]*?(?=,\n|\n\s*\})/g) ?? [];
  return fixes.flatMap((fix) => fix.match(/\btaskq [\w -]+/g) ?? []);
});

test("the doctor's fixes are found", () => {
  expect(commands).toContain("taskq job list --queue word --job word");
  expect(commands.length).toBeGreaterThanOrEqual(8);
});

test.each([...new Set(commands)])("the doctor's `%s` is a command line", async (command) => {
  const invocation = await parse(command.trim().split(" ").slice(1), "0.0.0", () => {});

  expect(invocation).toBeDefined();
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { neededCommands } from "../../../src/broker/doctor/needed-commands.ts";

test("the doctor asks for each command that docs/security.md allows, and for no other", () => {
  const page = readFileSync(new URL("../../../docs/security.md", import.meta.url), "utf8");
  const [, rules] = /^ACL SETUSER taskq (.+)$/m.exec(page)!;
  const documented = rules!.split(" ").flatMap((rule) => (rule.startsWith("+") ? [rule.slice(1)] : []));

  expect(Object.keys(neededCommands).sort()).toEqual(documented.sort());
});

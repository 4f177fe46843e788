import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exitCodes } from "../src/errors.ts";

test("docs/errors.md lists every code once, with its exit code and in the order of the table, and no other", () => {
  const page = readFileSync(new URL("../docs/errors.md", import.meta.url), "utf8");
  const documented = [...page.matchAll(/^\| `([A-Z_]+)` *\| (\d+) *\|/gm)].map(([, code, exit]) => [
    code,
    Number(exit),
  ]);
  expect(documented).toEqual(Object.entries(exitCodes));
});

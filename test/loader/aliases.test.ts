import { join } from "node:path";
import { expect, test } from "vitest";
import { readAliases } from "../../src/loader/aliases.ts";

const fixtures = join(import.meta.dirname, "../fixtures/config");
const read = (folder: string) => readAliases(join(fixtures, folder));

test("a plain prefix becomes an alias", () => {
  expect(read("typescript")).toEqual({ alias: { "@/": `${fixtures}/typescript/src/` }, tsconfig: false });
});

test("a prefix of an extended tsconfig starts from that file", () => {
  expect(read("extended")).toEqual({ alias: { "~/": `${fixtures}/extended/base/src/` }, tsconfig: false });
});

test("what is no plain prefix is left to the tsconfig", () => {
  expect(read("exact")).toEqual({ alias: {}, tsconfig: `${fixtures}/exact/tsconfig.json` });
});

import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { importNatively } from "../../src/loader/import-natively.ts";
import { createLoader } from "../../src/loader/loader.ts";

const ran: string[] = [];
Object.assign(globalThis, { ran });

/** Every file says that it ran. */
function write(files: Record<string, string>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "taskq-")));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), name.endsWith(".json") ? text : `globalThis.ran.push("${name}"); ${text}`);
  }
  ran.length = 0;
  return root;
}

test("a file is the module that the process has", async () => {
  const root = write({ "file.mjs": "export const value = {}; export default 1;" });
  const first = await importNatively(join(root, "file.mjs"));

  expect({ ...first }).toEqual({ value: {}, default: 1 });
  expect(await importNatively(join(root, "file.mjs"))).toBe(first);
  expect(ran).toEqual(["file.mjs"]);
});

test("what Node refuses before anything ran is left, each time", async () => {
  const root = write({
    "sound.mjs": "export const value = 1;",
    "absent.mjs": 'import "./sound.mjs"; import "./nowhere";',
    "folder.mjs": 'import "./sound.mjs"; import ".";',
    "prefix.mjs": 'import "./sound.mjs"; import "@/sound.mjs";',
    "type.mjs": 'import { Type } from "./sound.mjs";',
    "syntax.mjs": 'import "./sound.mjs"; enum Level { Low }',
    "data.mjs": 'import "./sound.mjs"; import "./package.json";',
    "package.json": "{}",
  });
  for (const name of ["absent", "folder", "prefix", "type", "syntax", "data", "absent"]) {
    expect(await importNatively(join(root, `${name}.mjs`)), name).toBeUndefined();
  }
  expect(ran).toEqual([]);
});

test("what a file's own code throws is thrown, and nothing runs twice", async () => {
  const root = write({
    "syntax.mjs": 'JSON.parse("{");',
    "absent.mjs": 'await import("./nowhere.mjs");',
    "type.mjs": 'await import("./link.mjs");',
    "link.mjs": 'import { Type } from "./syntax.mjs";',
  });
  const errors = { "syntax.mjs": /JSON/, "absent.mjs": /nowhere/, "type.mjs": /Type/ };
  for (const [name, message] of Object.entries(errors)) {
    await expect(importNatively(join(root, name))).rejects.toThrow(message);
    await expect(importNatively(join(root, name))).rejects.toThrow(message);
  }
  expect(ran).toEqual(Object.keys(errors));
});

// An older Node takes no TypeScript, and calls an error nobody's that CommonJS threw while it was imported.
const onNewNode = test.skipIf(!("typescript" in process.features && process.features.typescript));

onNewNode(
  "CommonJS runs once too, and an ES module in a package that says CommonJS is left (Node >= 22.18)",
  async () => {
    const root = write({
      "package.json": '{ "type": "commonjs" }',
      "file.ts": "export const value: number = 1;",
      "require.cts": 'require("./nowhere");',
    });
    expect(await importNatively(join(root, "file.ts"))).toBeUndefined();
    for (const _ of [1, 2]) await expect(importNatively(join(root, "require.cts"))).rejects.toThrow("nowhere");
    expect(ran).toEqual(["require.cts"]);
  },
);

onNewNode(
  "TypeScript is imported by Node where it can, and by the loader where it cannot (Node >= 22.18)",
  async () => {
    const root = write({
      "package.json": '{ "type": "module" }',
      "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
      "own.ts": "export interface Own { a: 1 } export const own: Own = { a: 1 };",
      "plain.ts": 'export { own } from "./own.ts";',
      "enum.ts": "export enum Level { Low } export const level: number = Level.Low;",
      "suffixless.ts": 'export { own } from "./own";',
      "prefix.ts": 'export { own } from "@/own.ts";',
      "type.ts": 'import { Own, own as it } from "./own.ts"; export const own: Own = it;',
      "common.cts": "module.exports = { word: 1 as number };",
      "throws.ts": 'throw new SyntaxError("its own");',
    });
    const loader = createLoader(root, [], true);
    const load = (name: string) => loader.load(join(root, name));
    const { own } = await import(
      /* @vite-ignore */ `data:text/javascript,export * from "${pathToFileURL(root)}/own.ts"`
    );

    expect((await load("plain.ts")).own).toBe(own);
    expect(await load("common.cts")).toMatchObject({ word: 1 });
    expect(await load("enum.ts")).toMatchObject({ level: 0 });
    for (const name of ["suffixless.ts", "prefix.ts", "type.ts"]) expect(await load(name)).toMatchObject({ own });
    await expect(load("throws.ts")).rejects.toThrow("its own");
    expect(ran.filter((name) => name === "throws.ts")).toHaveLength(1);
  },
);

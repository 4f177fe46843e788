import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { createLoader } from "../../src/loader/loader.ts";

const fixtures = join(import.meta.dirname, "../fixtures/config");
const load = (folder: string, file: string) =>
  createLoader(join(fixtures, folder), []).load(join(fixtures, folder, file));
const isJitiLoaded = () =>
  Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes("/jiti/dist/"));

test("a JavaScript file is imported as it is, and a TypeScript file under a loader too: only without one is jiti loaded", async () => {
  expect(await load("compiled", "module.mjs")).toMatchObject({ default: { app: "module" } });
  expect(await load("compiled", "plain.cjs")).toMatchObject({ default: { app: "plain" } });

  const typescript = join(fixtures, "typescript");
  for (const execArgv of [
    ["--import", "tsx"],
    ["--import=@oxc-node/core/register"],
    ["-r", "/a/node_modules/tsx/dist/loader.mjs"],
  ]) {
    expect(await createLoader(typescript, execArgv).load(join(typescript, "module.mts"))).toMatchObject({
      word: "module",
    });
  }
  expect(isJitiLoaded()).toBe(false);

  expect(await load("typescript", "module.mts")).toMatchObject({ word: "module" });
  expect(isJitiLoaded()).toBe(true);
});

test("an ES module that was compiled to CommonJS shows the exports it was written with", async () => {
  expect(await load("compiled", "taskq.config.js")).toMatchObject({ default: { app: "compiled" } });
});

test("the three TypeScript extensions load, with top-level await where it is a module", async () => {
  expect(await load("typescript", "common.cts")).toMatchObject({ word: "common" });
  expect({ ...(await load("typescript", "module.mts")) }).toEqual({ word: "module", default: "module" });
});

test("paths of tsconfig.json, enums and type-only imports work", async () => {
  expect(await load("typescript", "taskq.config.ts")).toMatchObject({ default: { app: "typed", concurrency: 7 } });
});

test("legacy decorators and parameter properties work", async () => {
  expect(await load("typescript", "decorated.ts")).toMatchObject({ decorated: ["send"], host: "localhost" });
});

test("a module that is imported by alias, with and without its extension, and from two files is loaded once", async () => {
  const loader = createLoader(join(fixtures, "typescript"), []);
  const [first, second] = await Promise.all([
    loader.load(join(fixtures, "typescript/first.ts")),
    loader.load(join(fixtures, "typescript/second.ts")),
  ]);
  const instances = [...(first.instances as object[]), second.instance];
  expect(instances.map((instance) => instance === instances[0])).toEqual([true, true, true, true, true]);
  expect(instances[0]).toEqual({ number: 1 });
});

test("paths that another tsconfig brings start from that file's folder", async () => {
  expect(await load("extended", "file.ts")).toMatchObject({ word: "base" });
});

test("paths that are exact names or have two targets work", async () => {
  expect(await load("exact", "file.ts")).toMatchObject({ words: ["exact", "exact"] });
});

test("a prefix that is an installed scope too still finds its packages", async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "taskq-")));
  const files = {
    "tsconfig.json": '{ "compilerOptions": { "paths": { "@acme/*": ["./src/*"] } } }',
    "src/own.ts": 'export const own: string = "own";',
    "node_modules/@acme/installed/index.js": 'exports.installed = "installed";',
    "file.ts": 'export { installed } from "@acme/installed"; export { own } from "@acme/own";',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  expect(await createLoader(root, []).load(join(root, "file.ts"))).toMatchObject({
    own: "own",
    installed: "installed",
  });
});

test("what a file throws comes through as it is", async () => {
  await expect(load("typescript", "absent.ts")).rejects.toThrow(/absent\.ts/);
});

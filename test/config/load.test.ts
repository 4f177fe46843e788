import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.ts";

const before = { ...process.env };
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (/^TASKQ_|^REDIS_URL$/.test(name)) delete process.env[name];
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
});

/** A folder of the test's own, with these files in it. */
function project(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "taskq-")));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test("a TypeScript config with an alias and an enum loads", async () => {
  const cwd = join(import.meta.dirname, "../fixtures/config/typescript");
  const config = await loadConfig({ cwd });
  expect(config).toMatchObject({ file: join(cwd, "taskq.config.ts"), root: cwd, app: "typed" });
  expect(config.queue("any").concurrency).toBe(7);
});

test("a compiled config loads", async () => {
  expect((await loadConfig({ cwd: join(import.meta.dirname, "../fixtures/config/compiled") })).app).toBe("compiled");
});

test("of several configs the first of ts, mts, cts, js, mjs, cjs is taken", async () => {
  const cwd = project({
    "taskq.config.cjs": "module.exports = { app: 'cjs' }",
    "taskq.config.mts": "export default { app: 'mts' }",
  });
  expect((await loadConfig({ cwd })).app).toBe("mts");
});

test("a config may be an async function of the variables, those of .env included", async () => {
  const cwd = project({
    ".env": "LOADED_APP=from-env-file\nLOADED_PREFIX=file",
    "taskq.config.mjs": "export default async ({ env }) => ({ app: env.LOADED_APP, prefix: env.LOADED_PREFIX })",
  });
  process.env.LOADED_PREFIX = "process";
  expect(await loadConfig({ cwd })).toMatchObject({ app: "from-env-file", prefix: "process" });
});

test("a TASKQ_ variable of .env overrides the file, and a flag overrides both", async () => {
  const cwd = project({
    ".env": "TASKQ_BROKER_URL=redis://env",
    "taskq.config.mjs": "export default { broker: 'redis://file' }",
  });
  expect((await loadConfig({ cwd })).broker).toBe("redis://env");
  expect((await loadConfig({ cwd, flags: { broker: "redis://flag" } })).broker).toBe("redis://flag");
});

test("a named env file is read instead of .env, and has to exist", async () => {
  const cwd = project({
    ".env": "TASKQ_APP=default",
    "other.env": "TASKQ_APP=other",
    "taskq.config.mjs": "export default {}",
  });
  expect((await loadConfig({ cwd, envFile: "other.env" })).app).toBe("other");
  await expect(loadConfig({ cwd, envFile: "absent.env" })).rejects.toMatchObject({
    code: "USAGE",
    message: "no env file at absent.env",
    hint: "Name a file that exists with --env-file.",
  });
});

test("a config in another folder is named with --config, and is the root there", async () => {
  const cwd = project({
    "package.json": '{ "name": "outer" }',
    "dist/package.json": '{ "type": "module" }',
    "dist/taskq.config.js": "export default {}",
    "dist/.env": "TASKQ_PREFIX=dist",
  });
  expect(await loadConfig({ cwd, file: "dist/taskq.config.js" })).toMatchObject({
    root: join(cwd, "dist"),
    app: "outer",
    prefix: "dist",
  });
  await expect(loadConfig({ cwd, file: "absent.ts", required: false })).rejects.toMatchObject({
    code: "CONFIG_NOT_FOUND",
    message: "no config at absent.ts",
  });
});

test("without a config the error says what was looked for, and no folder above is searched", async () => {
  const above = project({ "taskq.config.mjs": "export default {}", "inner/keep": "" });
  const cwd = join(above, "inner");
  await expect(loadConfig({ cwd })).rejects.toMatchObject({
    code: "CONFIG_NOT_FOUND",
    message: `no config in ${cwd}: looked for taskq.config.ts, taskq.config.mts, taskq.config.cts, taskq.config.js, taskq.config.mjs, taskq.config.cjs`,
    hint: "Run `taskq init` to write a first one, or name a config with --config.",
  });
});

test("where no config is required the defaults hold, from this folder", async () => {
  const cwd = project({ "package.json": '{ "name": "bare" }' });
  expect(await loadConfig({ cwd, required: false })).toMatchObject({
    file: undefined,
    root: cwd,
    app: "bare",
    prefix: "bull",
  });
});

test.each([
  ["throw new Error('no redis://u:pw@host')", "taskq.config.mjs threw: no redis://u:***@host"],
  ["export default () => { throw 'words' }", "taskq.config.mjs threw: words"],
  ["export const config = {}", "taskq.config.mjs has no default export"],
  ["export default 5", "taskq.config.mjs must export an object or a function of one, not 5 (number)"],
  [
    "export default async () => undefined",
    "taskq.config.mjs must export an object or a function of one, not undefined",
  ],
  ["export default { conc: 1 }", 'taskq.config.mjs has 1 problem:\n  unknown key "conc"'],
])("%s is refused with its reason", async (text, message) => {
  await expect(loadConfig({ cwd: project({ "taskq.config.mjs": text }) })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message,
  });
});

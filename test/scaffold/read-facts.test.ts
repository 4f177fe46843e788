import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { resolveConfig } from "../../src/config/resolve.ts";
import { readFacts, type ShipOptions } from "../../src/scaffold/read-facts.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The facts of a project with these files. */
function read(files: Readonly<Record<string, string>>, config?: string, options: ShipOptions = {}) {
  const root = mkdtempSync(join(tmpdir(), "taskq-facts-"));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  const resolved = resolveConfig({ root, env: {}, config: { app: "@acme/My Shop", shutdownTimeout: "40s" } });
  return readFacts(root, resolved, config, options);
}

test("what is not said comes from the config", () => {
  expect(read({})).toMatchObject({
    name: "@acme/My Shop",
    slug: "acme-my-shop",
    user: "acme-my-shop",
    directory: "/srv/acme-my-shop",
    configFile: undefined,
    outputFolder: undefined,
    shutdownTimeoutMs: 40_000,
    packageManager: "npm",
    builds: false,
  });
});

test("what is said wins", () => {
  expect(
    read({}, undefined, { name: "till", user: "1001", directory: "/opt/my till", processes: "max", http: "80" }),
  ).toMatchObject({ slug: "till", user: "1001", directory: "/opt/my till", processes: "max", httpPort: 80 });
});

test("a config in JavaScript in a folder is compiled where the project compiles", () => {
  const compiles = { "tsconfig.json": "{}" };
  expect(read(compiles, "./dist/taskq.config.js")).toMatchObject({
    configFile: "dist/taskq.config.js",
    outputFolder: "dist",
  });
  expect(read(compiles, "worker/taskq.config.ts").outputFolder).toBeUndefined();
  expect(read(compiles, "taskq.config.js").outputFolder).toBeUndefined();
  expect(read({}, "worker/taskq.config.js").outputFolder).toBeUndefined();
});

test("the lockfile tells who installs, package.json whether there is a build", () => {
  const files = { "pnpm-lock.yaml": "", "package.json": '{ "scripts": { "build": "tsc" } }' };
  expect(read(files, "dist/taskq.config.js")).toMatchObject({
    packageManager: "pnpm",
    builds: true,
    outputFolder: "dist",
  });
});

test.each([
  [{ user: "root; rm" }, '--user must be a user\'s name or number, not "root; rm"'],
  [{ directory: "srv/shop" }, '--directory must be an absolute path, not "srv/shop"'],
  [{ directory: "/srv\nUser=root" }, '--directory must be an absolute path, not "/srv\nUser=root"'],
  [{ processes: "0" }, '--processes must be a whole number from 1, or max, not "0"'],
  [{ http: "65536" }, '--http must be a port, not "65536"'],
])("%o is refused", (options, message) => {
  expect(() => read({}, undefined, options)).toThrow(expect.objectContaining({ code: "USAGE", message }));
});

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { resolveConfig } from "../../src/config/resolve.ts";
import type { ResolvedConfig } from "../../src/definition/resolved-config.ts";
import { createLoader } from "../../src/loader/loader.ts";

export interface TestProject {
  readonly config: ResolvedConfig;
  readonly loader: ReturnType<typeof createLoader>;
}

/** One of the projects that lie beside the tests. */
export function fixtureProject(name: string, config: object = {}): TestProject {
  return open(join(import.meta.dirname, "../fixtures/projects", name), config);
}

/** A project of the test's own, with these files in it, gone when the test is done. */
export function createProject(files: Readonly<Record<string, string>>, config: object = {}): TestProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "taskq-discovery-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return open(root, config);
}

function open(root: string, config: object): TestProject {
  return { config: resolveConfig({ root, config, env: {} }), loader: createLoader(root, []) };
}

import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Jiti } from "jiti";
import { importNatively } from "./import-natively.ts";
import { runsTypeScript } from "./runs-typescript.ts";

type Exports = Record<string, unknown>;

/** Imports a user's files, TypeScript too. */
export interface Loader {
  readonly load: (file: string) => Promise<Exports>;
}

/**
 * `execArgv` says whether Node was started with a TypeScript loader; where it was, ours stays out of the way. `isNative` says whether the
 * process is TypeScript without one: then Node imports what it can, for the process may have these modules, and a job is known by its value.
 */
export function createLoader(
  root: string,
  execArgv: readonly string[] = process.execArgv,
  isNative: boolean = runsTypeScript(process.argv[1], process.features),
): Loader {
  const isPlain = hasTypeScriptLoader(execArgv);
  let jiti: Promise<Jiti> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function importFile(file: string): Promise<Exports> {
    if (isPlain || !typescript.has(extname(file))) return import(pathToFileURL(file).href);
    const exports = isNative ? await importNatively(file) : undefined;
    if (exports) return exports;
    jiti ??= createJitiFor(root);
    return (await jiti).import<Exports>(file);
  }

  return {
    // One after the other: of a module that two files import at the same time jiti makes two, and Node requires none that is on its way.
    async load(file) {
      const loading = last.then(() => importFile(file));
      last = loading.catch(() => {});
      return unwrap(file, await loading);
    },
  };
}

const typescript = new Set([".ts", ".mts", ".cts"]);

const hasTypeScriptLoader = (execArgv: readonly string[]) =>
  execArgv.some((argument) => /(^|[/\\=])(tsx|@oxc-node)([/\\]|$)/.test(argument));

/** Imported when the first TypeScript file is: compiled projects never pay for it. */
async function createJitiFor(root: string): Promise<Jiti> {
  const [{ createJiti }, { readAliases }] = await Promise.all([import("jiti"), import("./aliases.ts")]);
  const { alias, tsconfig } = readAliases(root);
  return createJiti(`${root}/`, { alias, tsconfigPaths: tsconfig, fsCache: true, interopDefault: false });
}

/**
 * An ES module that was compiled to CommonJS has its exports one `default` deeper. Of what CommonJS says by `module.exports = {…}` Node
 * lists as many names as it can read from the text; the rest are in the object.
 */
function unwrap(file: string, exports: Exports): Exports {
  const inner = exports.default;
  if (typeof inner !== "object" || inner === null) return withoutTwin(exports);
  if ("__esModule" in inner) return inner as Exports;
  if (!isBare(inner) || inner !== commonExportsOf(file)) return withoutTwin(exports);
  // A config is looked for there; to whoever lists the names it is none.
  return Object.defineProperty({ ...(inner as Exports) }, "default", { value: inner, enumerable: false });
}

/** Newer versions of Node list `module.exports` itself, beside the default that it is. */
function withoutTwin(exports: Exports): Exports {
  if (!("module.exports" in exports)) return exports;
  const { "module.exports": _twin, ...rest } = exports;
  return rest;
}

/** An object that was written down, and no job or schedule: these bear a symbol. */
const isBare = (value: object) =>
  Object.getPrototypeOf(value) === Object.prototype && Object.getOwnPropertySymbols(value).length === 0;

const commonExportsOf = (file: string): unknown => createRequire(file).cache[realpathSync(file)]?.exports;

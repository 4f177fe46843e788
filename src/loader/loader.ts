import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Jiti } from "jiti";

type Exports = Record<string, unknown>;

/** Imports a user's files, TypeScript too. */
export interface Loader {
  readonly load: (file: string) => Promise<Exports>;
}

/** `execArgv` says whether Node was started with a TypeScript loader; where it was, ours stays out of the way. */
export function createLoader(root: string, execArgv: readonly string[] = process.execArgv): Loader {
  const isPlain = hasTypeScriptLoader(execArgv);
  let jiti: Promise<Jiti> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function load(file: string): Promise<Exports> {
    if (isPlain || !typescript.has(extname(file))) return unwrap(await import(pathToFileURL(file).href));
    jiti ??= createJitiFor(root);
    // One after the other: of a module that two files import at the same time, jiti makes two.
    const loading = last.then(async () => (await jiti!).import<Exports>(file));
    last = loading.catch(() => {});
    return unwrap(await loading);
  }

  return { load };
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

/** An ES module that was compiled to CommonJS has its exports one `default` deeper. */
function unwrap(exports: Exports): Exports {
  const inner = exports.default;
  return typeof inner === "object" && inner !== null && "__esModule" in inner ? (inner as Exports) : exports;
}

import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import type { ResolvedConfig } from "../definition/resolved-config.ts";

export type FileKind = "tasks" | "scheduled" | "startup" | "shutdown";

/** A file under a `jobs` folder, and what its place says of it. */
export interface JobFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly kind: FileKind;
  readonly domain: string;
}

export interface FoundFiles {
  /** In the order of their paths. */
  readonly files: readonly JobFile[];
  /** Paths that lead out of the project. */
  readonly outside: readonly string[];
}

const kinds = "{tasks,scheduled,startup,shutdown}";
const endings = "{ts,mts,cts,js,mjs,cjs}";
const ignored = ["**/node_modules/**", "**/*.d.{ts,mts,cts}", "**/*.{test,spec}.*", "**/_*", "**/.*"];

/** Finds the job files of a project. No link is followed out of it, and none in a circle. */
export async function findJobFiles({ root, jobs }: ResolvedConfig): Promise<FoundFiles> {
  const { default: glob } = await import("fast-glob");
  const patterns = jobs.flatMap((folder) => [`${folder}/${kinds}.${endings}`, `${folder}/${kinds}/*.${endings}`]);
  const found = await glob(patterns, {
    cwd: root,
    ignore: ignored,
    followSymbolicLinks: false,
    unique: true,
    onlyFiles: false,
  });
  const realRoot = realpathSync(root);
  const isInside = (path: string) =>
    existsSync(join(root, path)) && `${realpathSync(join(root, path))}${sep}`.startsWith(realRoot + sep);

  const files = preferCompiled(found.filter(isInside).sort());
  return { files: files.map(toJobFile), outside: found.filter((path) => !isInside(path)).sort() };
}

/** Where `tasks.js` lies beside `tasks.ts`, it was made from it. */
function preferCompiled(paths: readonly string[]): string[] {
  const all = new Set(paths);
  return paths.filter((path) => !/\.[mc]?ts$/.test(path) || !all.has(path.replace(/ts$/, "js")));
}

function toJobFile(path: string): JobFile {
  const stem = basename(path).replace(/\.[^.]+$/, "");
  const folder = dirname(path);
  const isLoose =
    /^(tasks|scheduled|startup|shutdown)$/.test(stem) && !/^(tasks|scheduled|startup|shutdown)$/.test(basename(folder));
  const kind = (isLoose ? stem : basename(folder)) as FileKind;
  const jobsFolder = isLoose ? folder : dirname(folder);
  return { path: relative("", path).split(sep).join("/"), kind, domain: basename(dirname(jobsFolder)) };
}

import { statSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogWarning } from "./catalog.ts";
import { findLinkedFolders } from "./find-linked-folders.ts";
import { isOutside } from "./is-outside.ts";
import type { Problem } from "./problem.ts";

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
  /** Of what is not to be loaded: it leads out of the project, or nowhere. */
  readonly problems: readonly Problem[];
  /** Of links to folders of the project. */
  readonly warnings: readonly CatalogWarning[];
}

const kinds = "{tasks,scheduled,startup,shutdown}";
const endings = "{ts,mts,cts,js,mjs,cjs}";
const ignored = ["**/node_modules/**", "**/*.d.{ts,mts,cts}", "**/*.{test,spec}.*", "**/_*", "**/.*"];

/** Finds the job files of a project. No link is followed out of it, and none in a circle. */
export async function findJobFiles({ root, jobs }: ResolvedConfig): Promise<FoundFiles> {
  const folders = jobs.map((folder) => folder.replace(/\/+$/, ""));
  const [single, grouped, linked] = await Promise.all([
    find(root, `${kinds}.${endings}`, folders),
    find(root, `${kinds}/*.${endings}`, folders),
    findLinkedFolders(root, folders),
  ]);
  // Only the pattern knows which folder is the jobs folder: that may be called `tasks` itself.
  const jobsFolders = new Map([
    ...single.map((path) => [path, dirname(path)] as const),
    ...grouped.map((path) => [path, dirname(dirname(path))] as const),
  ]);
  const found = [...jobsFolders.keys()].sort();
  const linkedOut = linked.filter((path) => isOutside(root, path));
  const problems = [...found, ...linkedOut].flatMap((path) => checkPlace(root, path));
  const refused = new Set(problems.map(({ file }) => file));
  const files = preferCompiled(found.filter((path) => !refused.has(path) && isFile(root, path)));

  return {
    files: files.map((path) => toJobFile(root, path, jobsFolders.get(path)!)),
    problems,
    warnings: linked.filter((path) => !linkedOut.includes(path)).map(toWarning),
  };
}

async function find(root: string, ending: string, folders: readonly string[]): Promise<string[]> {
  const { default: glob } = await import("fast-glob");
  const patterns = folders.map((folder) => `${folder}/${ending}`);
  // Not only files: a link is none, and has to be seen to be judged.
  const found = await glob(patterns, { cwd: root, ignore: ignored, followSymbolicLinks: false, onlyFiles: false });
  return found.map((path) => relative(root, resolve(root, path)).split(sep).join("/"));
}

function checkPlace(root: string, path: string): Problem[] {
  const message = isBroken(root, path)
    ? "is a link to nothing"
    : isOutside(root, path)
      ? "leads out of the project and is not loaded"
      : undefined;
  return message === undefined ? [] : [{ code: "FILE_INVALID", message, file: path }];
}

const isBroken = (root: string, path: string) => !statSync(resolve(root, path), { throwIfNoEntry: false });
const isFile = (root: string, path: string) => statSync(resolve(root, path)).isFile();

const toWarning = (file: string): CatalogWarning => ({
  code: "LINK_IGNORED",
  message: "is a link to a folder, which is not followed",
  file,
});

/** Where `tasks.js` lies beside `tasks.ts`, it was made from it. */
function preferCompiled(paths: readonly string[]): string[] {
  const all = new Set(paths);
  return paths.filter((path) => !/\.[mc]?ts$/.test(path) || !all.has(path.replace(/ts$/, "js")));
}

function toJobFile(root: string, path: string, jobsFolder: string): JobFile {
  const isSingle = dirname(path) === jobsFolder;
  const kind = isSingle ? basename(path).replace(/\.[^.]+$/, "") : basename(dirname(path));
  return { path, kind: kind as FileKind, domain: basename(dirname(resolve(root, jobsFolder))) };
}

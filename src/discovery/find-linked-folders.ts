import { existsSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";

/** Links to folders where job files may lie: none is followed, and none shall be passed over in silence. */
export async function findLinkedFolders(root: string, jobs: readonly string[]): Promise<string[]> {
  const { default: glob } = await import("fast-glob");
  const find = async (patterns: string[]) => {
    const options = { cwd: root, ignore: ["**/node_modules/**"], followSymbolicLinks: false, onlyFiles: false };
    const entries = await glob(patterns, { ...options, objectMode: true });
    return entries
      .filter(({ dirent, path }) => dirent.isSymbolicLink() && isFolder(root, path))
      .map(({ path }) => path);
  };
  // A domain may be a link as well; there, only one that has a jobs folder is of interest.
  const domains = jobs.map(async (folder) =>
    (await find([dirname(folder)])).filter((link) => existsSync(resolve(root, link, basename(folder)))),
  );
  const folders = find(jobs.flatMap((folder) => [folder, `${folder}/{tasks,scheduled,startup,shutdown}`]));
  return [...new Set((await Promise.all([...domains, folders])).flat())].sort();
}

const isFolder = (root: string, path: string) =>
  statSync(resolve(root, path), { throwIfNoEntry: false })?.isDirectory() ?? false;

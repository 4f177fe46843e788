import { realpathSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";

/** Whether a path, once its links are followed, leads out of the root. */
export function isOutside(root: string, path: string): boolean {
  const way = relative(realpathSync(root), realpathSync(resolve(root, path)));
  return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
}

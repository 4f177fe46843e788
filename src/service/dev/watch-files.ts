import { basename, relative, sep } from "node:path";

export interface FileWatch {
  readonly close: () => Promise<void>;
}

/** An editor that saves all, or a checkout, changes many files within a moment. */
const momentMs = 150;
const source = /\.[cm]?[jt]sx?$|^\.env|^(?:package|tsconfig(?:\..+)?)\.json$/;

/**
 * Says which source files of a project have changed, those of one moment together. Installed packages and folders that begin with
 * a dot are left out, and so are data files: a job that writes one must not start its worker anew. Why some cannot be watched is
 * said once: where one cannot, most others cannot either.
 */
export async function watchFiles(
  root: string,
  onChange: (files: readonly string[]) => void,
  onUnwatched: (reason: string) => void,
): Promise<FileWatch> {
  const { watch } = await import("chokidar");
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const watcher = watch(root, {
    ignoreInitial: true,
    ignored: (path, stats) =>
      isAside(relative(root, path)) || (stats?.isFile() === true && !source.test(basename(path))),
  });
  watcher.on("all", (_what, path) => {
    if (!source.test(basename(path))) return; // a folder
    changed.add(relative(root, path));
    clearTimeout(timer);
    timer = setTimeout(() => {
      onChange([...changed].sort());
      changed.clear();
    }, momentMs);
  });
  let isUnwatched = false;
  watcher.on("error", (error) => {
    if (!isUnwatched) onUnwatched((error as Error).message);
    isUnwatched = true;
  });
  await new Promise<void>((resolve) => void watcher.once("ready", resolve));

  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

function isAside(path: string): boolean {
  const parts = path.split(sep);
  return parts.some((part, at) => part === "node_modules" || (/^\.[^.]/.test(part) && !isEnvFile(part, at, parts)));
}

const isEnvFile = (part: string, at: number, parts: readonly string[]) =>
  part.startsWith(".env") && at === parts.length - 1;

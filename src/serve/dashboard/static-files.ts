import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** The files of a folder as they are now, by their paths in it: no path leads to any other. */
export function createStaticFiles(folder: string): (path: string) => Promise<Response | undefined> {
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(folder, file).split(sep).join("/"), file]),
  );

  return async (path) => {
    const file = files.get(path);
    if (file === undefined) return undefined;
    const type = types[extname(file)] ?? "application/octet-stream";
    // For a while only: the names of some do not change when their content does.
    return new Response(await readFile(file), {
      headers: { "content-type": type, "cache-control": "private, max-age=600" },
    });
  };
}

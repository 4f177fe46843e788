import { existsSync } from "node:fs";
import { extname } from "node:path";

/**
 * Imports a module of ours that bundlers must not follow: they would pack a whole worker, with its TypeScript loader, into an app
 * that only enqueues. `path` has no extension; `here` is the caller's `import.meta.url`. Undefined in a bundle, where it is not there.
 */
export async function importAside(path: string, here: string | undefined): Promise<unknown> {
  const file = here === undefined ? undefined : new URL(`${path}${extname(here)}`, here); // absent in a bundle of CommonJS
  if (file === undefined || !existsSync(file)) return undefined;
  return import(/* webpackIgnore: true */ /* @vite-ignore */ file.href);
}

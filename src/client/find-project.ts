import { existsSync } from "node:fs";
import { extname } from "node:path";
import { TaskqError } from "../errors.ts";
import type { ClientOptions, ClientProject } from "./client.ts";

/**
 * The project as its config and job files declare it. Bundlers must not follow the module that reads them: they would pack
 * the TypeScript loader and the globs into an app that has no job files. In a bundle it is not there, and that is said.
 */
export async function findProject(options: ClientOptions): Promise<ClientProject> {
  const here = import.meta.url as string | undefined; // absent in a bundle of CommonJS
  const file = here === undefined ? undefined : new URL(`./discover-project${extname(here)}`, here);
  if (file === undefined || !existsSync(file)) {
    throw new TaskqError("NO_JOBS", "a bundled app cannot discover jobs", {
      hint: "Run `taskq types` and give the manifest to `createClient({ manifest })`.",
    });
  }
  const { discoverProject } = (await import(
    /* webpackIgnore: true */ /* @vite-ignore */ file.href
  )) as typeof import("./discover-project.ts");
  return discoverProject(options);
}

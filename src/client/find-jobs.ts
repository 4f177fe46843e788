import { existsSync } from "node:fs";
import { extname } from "node:path";
import { TaskqError } from "../errors.ts";
import type { ClientOptions } from "./client.ts";
import type { KnownJobs } from "./known-jobs.ts";

/**
 * Discovers the jobs, with a module that bundlers must not follow: they would pack the TypeScript loader and the globs
 * into an app that has no job files. In a bundle there is no such file, and that is said.
 */
export async function findJobs(options: ClientOptions): Promise<KnownJobs> {
  const here = import.meta.url as string | undefined; // absent in a bundle of CommonJS
  const file = here === undefined ? undefined : new URL(`./discovered-jobs${extname(here)}`, here);
  if (file === undefined || !existsSync(file)) {
    throw new TaskqError("NO_JOBS", "a bundled app cannot discover jobs", {
      hint: "Run `taskq types` and give the manifest to `createClient({ manifest })`.",
    });
  }
  const { discoverJobs } = (await import(
    /* webpackIgnore: true */ /* @vite-ignore */ file.href
  )) as typeof import("./discovered-jobs.ts");
  return discoverJobs(options);
}

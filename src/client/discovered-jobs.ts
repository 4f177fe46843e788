import { loadConfig } from "../config/load.ts";
import { loadCatalog } from "../discovery/load-catalog.ts";
import { createLoader } from "../loader/loader.ts";
import type { ClientOptions } from "./client.ts";
import type { KnownJobs } from "./known-jobs.ts";

/** Reads the project's config and imports its job files. */
export async function discoverJobs({ cwd = process.cwd(), config: file, broker }: ClientOptions): Promise<KnownJobs> {
  const config = await loadConfig({ cwd, file, flags: { broker } });
  const { job, jobOf } = await loadCatalog(config, createLoader(config.root));
  return { config, job, jobOf };
}

import { loadConfig } from "../config/load.ts";
import { loadCatalog } from "../discovery/load-catalog.ts";
import { createLoader } from "../loader/loader.ts";
import type { ClientOptions, ClientProject } from "./client.ts";

/** Reads the project's config and imports its job files. */
export async function discoverProject(options: ClientOptions): Promise<ClientProject> {
  const { cwd = process.cwd(), config: file, broker } = options;
  const config = await loadConfig({ cwd, file, flags: { broker } });
  return { config, catalog: await loadCatalog(config, createLoader(config.root)) };
}
